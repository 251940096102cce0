#Requires -Version 7.6
# The module's surface: what scripts may rely on. A change of Surface.txt in a commit is a change of the contract; UPDATE_SNAPSHOTS=1
# in the environment writes it anew.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $commands = Get-Command -Module Medatarun | ForEach-Object { @{ Name = $_.Name; Command = $_ } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $manifest = Import-PowerShellDataFile (Get-ManifestPath)
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters

    function Get-Surface {
        foreach ($command in Get-Command -Module Medatarun | Sort-Object Name) {
            $attribute = $command.ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]
            "$($command.Name) -> $(@($command.OutputType.Type.Name) -join ', ') shouldProcess=$($attribute.SupportsShouldProcess) impact=$($attribute.ConfirmImpact)"
            foreach ($set in $command.ParameterSets | Sort-Object Name) {
                "  [$($set.Name)]$(if ($set.IsDefault) { ' default' })"
                foreach ($parameter in $set.Parameters | Where-Object Name -NotIn $common | Sort-Object Name) {
                    $traits = @(
                        if ($parameter.IsMandatory) { 'mandatory' }
                        if ($parameter.Position -ge 0) { "position $($parameter.Position)" }
                        if ($parameter.ValueFromPipeline) { 'pipeline' }
                        if ($parameter.ValueFromPipelineByPropertyName) { 'property' }
                        if ($parameter.Aliases) { "alias $($parameter.Aliases -join '/')" }
                    )
                    "    -$($parameter.Name) $($parameter.ParameterType) $($traits -join ', ')".TrimEnd()
                }
            }
        }
    }
}

Describe 'The surface' {
    It 'is the one that was agreed' {
        $file = Join-Path $PSScriptRoot 'Surface.txt'
        $surface = (Get-Surface) -join "`n"
        if ($env:UPDATE_SNAPSHOTS) { Set-Content $file $surface }
        $surface | Should -BeExactly (Get-Content $file -Raw).TrimEnd()
    }

    It 'has only cmdlets, and exactly those of the manifest' {
        (Get-Command -Module Medatarun).Name | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
        (Get-Module Medatarun).ExportedFunctions.Count | Should -Be 0
        (Get-Module Medatarun).ExportedAliases.Count | Should -Be 0
        (Get-Module Medatarun).ExportedVariables.Count | Should -Be 0
    }

    It 'lists every cmdlet class in the manifest' {
        $types = (Get-Command Get-MedatarunUser).ImplementingType.Assembly.GetExportedTypes()
        $names = $types.ForEach{ $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) }.ForEach{ "$($_.VerbName)-$($_.NounName)" }
        $names | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }
}

Describe 'The command <Name>' -ForEach $commands {
    It 'has an approved verb and a singular Medatarun noun' {
        (Get-Verb).Verb | Should -Contain $Command.Verb
        $Command.Noun | Should -MatchExactly '^Medatarun([A-Z][A-Za-z]*[^s])?$'
    }

    It 'is implemented by a sealed class that is named like it' {
        $Command.ImplementingType.Name | Should -BeExactly "$($Command.Verb)$($Command.Noun)Command"
        $Command.ImplementingType.IsSealed | Should -BeTrue
    }

    It 'says what it returns, unless it returns nothing' {
        if ($Command.Verb -in 'Disconnect', 'Unregister', 'Revoke') { $Command.OutputType | Should -BeNullOrEmpty }
        else { $Command.OutputType | Should -Not -BeNullOrEmpty }
    }

    It 'can be asked What if exactly when it changes something' {
        $reads = $Command.Verb -in 'Get', 'Test', 'Compare', 'Measure' -or $Name -eq 'Connect-Medatarun'
        $Command.Parameters.ContainsKey('WhatIf') | Should -Be (-not $reads)
    }

    It 'asks for confirmation only to remove' {
        $attribute = $Command.ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]
        $attribute.ConfirmImpact | Should -Be ($Command.Verb -eq 'Remove' ? 'High' : $attribute.SupportsShouldProcess ? 'Medium' : 'None')
    }

    It 'is silent without -PassThru where it returns nothing new' {
        if ($Command.Verb -in 'Set', 'Enable', 'Disable', 'Remove', 'Connect') { $Command.Parameters.Keys | Should -Contain 'PassThru' }
    }

    It 'takes -Connection, unless it is about a server or makes the sign-in itself' {
        if ($Command.Noun -ne 'MedatarunServer' -and $Name -ne 'Initialize-MedatarunAdmin') { $Command.Parameters.Keys | Should -Contain 'Connection' }
    }

    It 'holds no secret as text' {
        $Command.Parameters.Values.Where{ $_.Name -match 'Password|Secret|Token' }.ParameterType | Sort-Object -Unique |
            ForEach-Object { $_ | Should -BeIn ([securestring], [switch]) }
    }

    It 'converts text from the pipeline wherever PowerShell would drop it' {
        $dropped = [securestring], [System.Management.Automation.SwitchParameter], [bool], [nullable[bool]]
        foreach ($parameter in $Command.Parameters.Values) {
            $fromPipeline = $parameter.Attributes.Where{ $_.ValueFromPipelineByPropertyName -or $_.ValueFromPipeline }
            if ($fromPipeline -and $parameter.ParameterType -in $dropped) {
                $parameter.Attributes.Where{ $_ -is [System.Management.Automation.ArgumentTransformationAttribute] -and
                    $_.GetType().Namespace -eq 'Medatarun.PowerShell.Parameters' } |
                    Should -Not -BeNullOrEmpty -Because "-$($parameter.Name) would be left unbound by a CSV row, without a word"
            }
        }
    }

    It 'has a help page of its own' {
        Join-Path (Get-RepositoryPath) "docs/en-US/$Name.md" | Should -Exist
        (Get-Help $Name).Synopsis | Should -Not -Match "^\s*$Name"
    }
}

Describe 'The catalogue' {
    It 'has a cmdlet for every operation, or a reason why not' {
        $reasons = @{
            'auth/user_change_fullname' = 'Set-MedatarunUser changes it with user_update'
            'auth/register'             = 'for people at a web page; an administrator has New-MedatarunUser'
            'auth/token_refresh'        = 'a connection does it by itself'
            'auth/token_introspect'     = 'for services that are given tokens, which speak HTTP'
            'auth/token_revoke'         = 'Disconnect-Medatarun, Revoke-MedatarunSession and Revoke-MedatarunApiToken do it'
        }
        $assembly = (Get-Command Get-MedatarunUser).ImplementingType.Assembly
        $attribute = $assembly.GetType('Medatarun.PowerShell.Commands.MedatarunOperationAttribute', $true)
        $covered = $assembly.GetExportedTypes().ForEach{ $_.GetCustomAttributes($attribute, $false) }.Operation
        $null = [System.Reflection.Assembly]::LoadFrom((Join-Path (Get-RepositoryPath) 'bin/Medatarun.Contracts.dll'))
        $operations = [Medatarun.Contracts.Operations.OperationCatalogue]::All.ForEach{ "$_" }
        $operations.Where{ $_ -notin $covered -and -not $reasons.ContainsKey($_) } | Should -BeNullOrEmpty
        $covered.Where{ $_ -notin $operations } | Should -BeNullOrEmpty
        $reasons.Keys.Where{ $_ -notin $operations -or $_ -in $covered } | Should -BeNullOrEmpty
    }
}

Describe 'The manifest' {
    It 'is whole' {
        Test-ModuleManifest (Get-ManifestPath) -ErrorAction Stop | Should -Not -BeNullOrEmpty
        $manifest.RootModule | Should -Be 'bin/Medatarun.PowerShell.dll'
        $manifest.PowerShellVersion | Should -Be '7.6'
        $manifest.CompatiblePSEditions | Should -Be 'Core'
        $manifest.FunctionsToExport.Count + $manifest.AliasesToExport.Count + $manifest.VariablesToExport.Count | Should -Be 0
        $manifest.CmdletsToExport | Should -Not -Contain '*'
        foreach ($member in 'Tags', 'LicenseUri', 'ProjectUri', 'ReleaseNotes') { $manifest.PrivateData.PSData.$member | Should -Not -BeNullOrEmpty }
    }

    It 'has the version of the assemblies and of the change log' {
        $assembly = (Get-Command Get-MedatarunUser).ImplementingType.Assembly
        $assembly.GetName().Version.ToString(3) | Should -Be $manifest.ModuleVersion
        $log = Get-Content (Join-Path (Get-RepositoryPath) 'CHANGELOG.md')
        ($log -match '^## ')[0] | Should -Match ([regex]::Escape($manifest.ModuleVersion))
    }

    It 'comes with our own assemblies and nothing else' {
        $bin = Get-ChildItem (Join-Path (Get-RepositoryPath) 'bin') -Recurse -File
        $bin.Where{ $_.Extension -eq '.dll' }.Name | Sort-Object |
            Should -Be @('Medatarun.Client.dll', 'Medatarun.Contracts.dll', 'Medatarun.PowerShell.dll')
        $bin.Where{ $_.Extension -notin '.dll', '.pdb' }.Name | Sort-Object |
            Should -Be @('Medatarun.format.ps1xml', 'Medatarun.types.ps1xml')
    }
}
