#Requires -Version 7.6
# Importing: quick, quiet, repeatable, and possible where little is allowed.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $pwsh = (Get-Process -Id $PID).Path
    $manifest = Get-ManifestPath
    function Invoke-Pwsh([string] $Script) { & $pwsh -NoProfile -NonInteractive -Command $Script 2>&1 }
}

Describe 'Importing' {
    It 'says nothing' { Invoke-Pwsh "Import-Module '$manifest' -Verbose:`$false" | Should -BeNullOrEmpty }

    It 'survives ten rounds of Remove-Module and -Force' {
        Invoke-Pwsh "1..10 | ForEach-Object { Import-Module '$manifest' -Force; Remove-Module Medatarun; Import-Module '$manifest' -Force }; (Get-Command -Module Medatarun).Count" |
            Should -Be (Get-Command -Module Medatarun).Count
    }

    It 'works in ConstrainedLanguage, and so do the cmdlets' {
        $stub = New-StubServer
        try {
            Set-EnvironmentSignIn 'x' $stub.Url
            $output = Invoke-Pwsh (@(
                    "Import-Module '$manifest'"
                    '$ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"'
                    '$rows = "UserName,FullName,Password,Admin`na.b,A B,Text-For-All-1,yes" | ConvertFrom-Csv'
                    '($rows | New-MedatarunUser).UserName'
                    '(Get-MedatarunUser).UserName'
                    'Get-MedatarunUser john.doe | Disable-MedatarunUser -PassThru | Format-Table | Out-String'
                    '(Invoke-MedatarunApi user_get -Body @{ username = "x" }).username'
                    '"$($ExecutionContext.SessionState.LanguageMode)"'
                ) -join "`n")
            $output[0, 1] | Should -Be @('john.doe', 'john.doe')
            $output[-2, -1] | Should -Be @('john.doe', 'ConstrainedLanguage')
            ($stub.Bodies[0] | ConvertFrom-Json).admin | Should -BeTrue
        }
        finally {
            Clear-EnvironmentSignIn
            $stub.Dispose()
        }
    }

    It 'opens no connection and loads no assembly that is not ours' {
        $before, $after = Invoke-Pwsh "
            [AppDomain]::CurrentDomain.GetAssemblies().Location.Where{ `$_ -like '$(Get-RepositoryPath)*' }.Count
            Import-Module '$manifest'
            [AppDomain]::CurrentDomain.GetAssemblies().Location.Where{ `$_ -like '$(Get-RepositoryPath)*' -and (Split-Path `$_ -Leaf) -notlike 'Medatarun.*' }.Count"
        $before, $after | Should -Be @(0, 0)
    }

    It 'adds less than a bare PowerShell takes to start' {
        # Taken in turns, and the best of each, so that the machine's other work touches both alike.
        $bare = $with = [double]::MaxValue
        foreach ($round in 1..5) {
            $bare = [Math]::Min($bare, (Measure-Command { & $pwsh -NoProfile -NonInteractive -Command 1 }).TotalMilliseconds)
            $with = [Math]::Min($with, (Measure-Command { & $pwsh -NoProfile -NonInteractive -Command "Import-Module '$manifest'" }).TotalMilliseconds)
        }
        Write-Information "bare $([int]$bare) ms, with the module $([int]$with) ms" -InformationAction Continue
        $with - $bare | Should -BeLessThan $bare
    }
}

Describe 'The views' {
    It 'leave the last column of a terminal of 80 free, which would break the last header, and have room for each header' {
        $views = ([xml](Get-Content $PSScriptRoot/../../src/Medatarun.PowerShell/Formats/Medatarun.format.ps1xml -Raw)).SelectNodes('//TableControl')
        $views.Count | Should -BeGreaterThan 10
        foreach ($view in $views) {
            $columns = $view.SelectNodes('TableHeaders/TableColumnHeader')
            $because = "of the view with $($columns.Label -join ', ')"
            ($columns.Width | Measure-Object -Sum).Sum + $columns.Count - 1 | Should -BeLessOrEqual 79 -Because $because
            $columns.Where{ $_.Label.Length -gt [int]$_.Width } | Should -BeNullOrEmpty -Because $because
        }
    }

    It 'fit into 80 columns: <Name>' -ForEach @(
        @{ Name = 'users'; Script = { Get-MedatarunUser } }, @{ Name = 'who is signed in'; Script = { Get-MedatarunUser -Current } }
        @{ Name = 'the context'; Script = { Get-MedatarunContext } }, @{ Name = 'a token'; Script = { New-MedatarunToken -Credential (New-TestCredential admin) } }
        @{ Name = 'a test of the connection'; Script = { Test-MedatarunConnection -Detailed } }
    ) {
        $stub = New-StubServer
        try {
            Connect-Stub $stub
            $lines = (& $Script | Out-String -Width 200) -replace "`e\[[0-9;]*m" -split "`n"
            ($lines.TrimEnd().Length | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 80
            $lines.Where{ $_ -match '^-' }.Count | Should -BeGreaterThan 0 -Because 'it is a table'
        }
        finally { $stub.Dispose() }
    }
}
