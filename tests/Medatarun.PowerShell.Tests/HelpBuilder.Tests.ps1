#Requires -Version 7.6
# The tool that makes the help refuses pages that are wrong or say too little, and names file and line.

BeforeAll {
    $repository = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $tool = Get-ChildItem (Join-Path $repository 'artifacts/bin/Medatarun.HelpBuilder/*/Medatarun.HelpBuilder.dll') |
        Sort-Object LastWriteTime | Select-Object -Last 1
    $module = Join-Path $repository 'bin/Medatarun.PowerShell.dll'

    # Makes the help of a copy of the pages in which one thing was changed.
    function Invoke-Tool([string] $Page, [string] $Pattern, [string] $Replacement) {
        $script:pages = Join-Path $TestDrive "pages-$(Get-Random)"
        Copy-Item (Join-Path $repository 'docs/en-US') $pages -Recurse
        if ($Page) {
            $file = Join-Path $pages $Page
            $text = Get-Content $file -Raw
            $changed = $text -creplace $Pattern, $Replacement
            $changed | Should -Not -BeExactly $text
            Set-Content $file $changed -NoNewline
        }
        $script:output = dotnet exec $tool.FullName $pages $module (Join-Path $TestDrive 'out') 2>&1 | ForEach-Object ToString
        $script:code = $LASTEXITCODE
    }
}

Describe 'The help builder' {
    It 'Accepts_the_pages_as_they_are' {
        Invoke-Tool
        $output | Should -BeNullOrEmpty
        $code | Should -Be 0
    }

    It 'Refuses_<Case>' -ForEach @(
        @{ Case = 'a_parameter_that_is_not_described'; Pattern = '(?s)### -Email\n.*?(?=###)'; Says = '*New-MedatarunUser.md(1): error*-Email is not described' }
        @{ Case = 'a_parameter_without_words'; Pattern = '(?s)(?<=### -Email\n).*?(?=###)'; Says = '*New-MedatarunUser.md(*): error*-Email has no description' }
        @{ Case = 'a_parameter_that_does_not_exist'; Pattern = '### -Email'; Replacement = '### -Mail'; Says = '*New-MedatarunUser.md(*): error*no parameter -Mail*' }
        @{ Case = 'fewer_than_two_examples'; Pattern = '(?s)(### Create users from.*)(?=## Inputs)'; Says = '*error*fewer than 2 examples' }
        @{ Case = 'examples_without_a_pipeline'; Pattern = ' \|'; Replacement = ';'; Says = '*error*no example uses the pipeline' }
        @{ Case = 'an_example_without_code'; Pattern = '(?s)```powershell\nImport-Csv users.csv \| New-MedatarunUser\n```'; Says = '*error*holds exactly one*' }
        @{ Case = 'an_empty_synopsis'; Pattern = 'Creates users\.'; Says = '*error*the synopsis is empty' }
        @{ Case = 'a_missing_section'; Pattern = '## Outputs'; Replacement = '### Outputs'; Says = "*error*'## Outputs' is missing" }
        @{ Case = 'a_page_of_another_title'; Pattern = '# New-MedatarunUser'; Replacement = '# New-MedatarunUsers'; Says = '*(1): error*the page starts with*' }
    ) {
        Invoke-Tool 'New-MedatarunUser.md' $Pattern ($Replacement ?? '')
        $code | Should -Be 1
        $output | Where-Object { $_ -like $Says } | Should -Not -BeNullOrEmpty
    }

    It 'Refuses_a_cmdlet_without_a_page' {
        Invoke-Tool
        Remove-Item (Join-Path $pages 'Get-MedatarunUser.md')
        $output = dotnet exec $tool.FullName $pages $module (Join-Path $TestDrive 'out') 2>&1 | ForEach-Object ToString
        $LASTEXITCODE | Should -Be 1
        $output | Should -BeLike '*Get-MedatarunUser.md(1): error*Get-MedatarunUser has no page'
    }

    It 'Refuses_a_page_without_a_cmdlet' {
        Invoke-Tool
        Copy-Item (Join-Path $pages 'Get-MedatarunUser.md') (Join-Path $pages 'Get-MedatarunThing.md')
        $output = dotnet exec $tool.FullName $pages $module (Join-Path $TestDrive 'out') 2>&1 | ForEach-Object ToString
        $LASTEXITCODE | Should -Be 1
        $output | Where-Object { $_ -like '*there is no cmdlet Get-MedatarunThing' } | Should -Not -BeNullOrEmpty
    }
}

Describe 'The shipped help' {
    BeforeAll {
        Import-Module (Join-Path $repository 'Medatarun.psd1') -Global
    }

    It 'Get_Help_finds_the_page_of_every_cmdlet' {
        foreach ($command in Get-Command -Module Medatarun) {
            $help = Get-Help $command.Name -Full
            $help.Synopsis | Should -Not -Match '\[' -Because $command.Name
            @($help.examples.example).Count | Should -BeGreaterThan 1 -Because $command.Name
            $names = $help.parameters.parameter.name
            $common = [Management.Automation.Cmdlet]::CommonParameters
            $command.Parameters.Keys | Where-Object { $_ -notin $common } | Should -BeIn $names -Because $command.Name
        }
    }

    It 'Get_Help_finds_<_>' -ForEach @(
        'about_Medatarun', 'about_Medatarun_Authentication', 'about_Medatarun_Automation', 'about_Medatarun_BulkProvisioning'
        'about_Medatarun_Errors', 'about_Medatarun_Server'
    ) {
        $text = (Get-Help $_) -join "`n"
        $text | Should -BeLike "TOPIC*$_*SHORT DESCRIPTION*"
        $text -split "`n" | ForEach-Object Length | Should -BeLessOrEqual 80
    }

    It 'The_errors_topic_lists_every_problem_code_of_the_server' {
        $text = (Get-Help about_Medatarun_Errors) -join "`n"
        $catalogue = [Reflection.Assembly]::LoadFrom((Join-Path $repository 'bin/Medatarun.Contracts.dll')).GetType(
            'Medatarun.Contracts.Problems.ProblemCatalogue')
        foreach ($problem in $catalogue.GetProperty('All').GetValue($null)) {
            $id = ($problem.Code -split '_' | ForEach-Object { $_.Substring(0, 1).ToUpperInvariant() + $_.Substring(1) }) -join ''
            $text | Should -BeLike "*$id ($($problem.Status))*"
        }
    }
}
