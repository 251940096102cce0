#Requires -Version 7.6
# New-MedatarunUser in a pipeline: several requests at once, and everything that is written in the order of the input.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $stub = New-StubServer
    $secret = ConvertTo-Secret (Get-Sentinel).Password
    function New-Row([string[]] $UserName) {
        $UserName | ForEach-Object { [pscustomobject]@{ UserName = $_; FullName = 'Some Body'; Password = (Get-Sentinel).Password } }
    }

    # Runs a command in a runspace of its own, and leaves it when 16 requests have arrived that get no answer.
    function Start-Stuck([string] $Command) {
        Connect-Stub $stub
        $stub.KeepSilent('/api/auth/user_create')
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$(Get-ManifestPath)'").Invoke()
        $shell.Commands.Clear()
        $null = $shell.AddScript($Command).AddArgument((Get-MedatarunContext)).AddArgument((New-Row (1..40 | ForEach-Object { "user.n$_" })))
        $running = $shell.BeginInvoke()
        foreach ($request in 1..16) { $stub.WaitForSilence(30000) | Should -BeTrue }
        [pscustomobject]@{ Shell = $shell; Running = $running }
    }
}

AfterAll { $stub.Dispose() }

Describe 'Users that come by pipeline' {
    It 'are asked for sixteen at a time' {
        $stuck = Start-Stuck 'param($c, $rows) $rows | New-MedatarunUser -Connection $c'
        try {
            $stub.WaitForSilence(250) | Should -BeFalse
            $stub.Requests.Count | Should -Be 16
        }
        finally { $stuck.Shell.Stop(); $stuck.Shell.Dispose() }
    }

    It 'are let go of at once by Ctrl+C, without an error' {
        $elapsed = foreach ($round in 1..3) {
            $stuck = Start-Stuck 'param($c, $rows) $rows | New-MedatarunUser -Connection $c'
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $stuck.Shell.Stop()
            $clock.ElapsedMilliseconds
            $stuck.Shell.Streams.Error | Should -BeNullOrEmpty
            $stuck.Shell.Dispose()
        }
        # The best of three, so that a busy machine does not decide.
        ($elapsed | Measure-Object -Minimum).Minimum | Should -BeLessThan 200
    }

    It 'end with the first refusal that every further one would meet' {
        Connect-Stub $stub
        $stub.AnswerOnly('/api/auth/user_create', 401, (Get-ProblemJson 'invalid_token' 401 'No.'))
        { New-Row (1..200 | ForEach-Object { "user.n$_" }) | New-MedatarunUser -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'InvalidToken,*'
        $stub.Requests.Count | Should -BeLessOrEqual 16
    }

    It 'send nothing with -WhatIf' {
        Connect-Stub $stub
        New-Row 'a.a', 'b.b' | New-MedatarunUser -WhatIf | Should -BeNullOrEmpty
        $stub.Requests | Should -BeNullOrEmpty
    }

    It 'are no more than are under way when only the first is wanted' {
        Connect-Stub $stub
        $stub.AnswerOnly('/api/auth/user_create', 200, (Get-UserJson))
        @(New-Row (1..1000 | ForEach-Object { "user.n$_" }) | New-MedatarunUser | Select-Object -First 1).Count | Should -Be 1
        $stub.Requests.Count | Should -BeLessOrEqual 16
    }
}

Describe 'What is written about users that come by pipeline' {
    BeforeAll {
        $server = Start-TestServer
        Connect-Medatarun -Connection $server.Admin
        # A refusal is there at once, and a user when the password is hashed: nothing comes in order by itself.
        $names = 1..20 | ForEach-Object { $_ % 4 ? "user.n$_" : "BAD $_" }
        $written = New-Row $names | New-MedatarunUser -Verbose 2>&1 4>&1
        $results = $written.Where{ $_ -isnot [System.Management.Automation.VerboseRecord] }
        $requests = $written.Where{ $_ -is [System.Management.Automation.VerboseRecord] -and "$_" -like 'POST*' }
    }
    AfterAll { Stop-MedatarunServer $server.Server }

    It 'is in the order of the input, users and refusals alike' {
        $results.ForEach{ $_ -is [System.Management.Automation.ErrorRecord] ? $_.TargetObject : $_.UserName } | Should -Be $names
        $results.Where{ $_ -is [System.Management.Automation.ErrorRecord] }.ForEach{ Get-ErrorId $_ } | Select-Object -Unique | Should -Be 'BadUsername'
    }

    It 'has a line for each request, in the same order' {
        $requests | Should -HaveCount 20
        $requests.ForEach{ ("$_" -split ' ')[2] } | Should -Be (1..20 | ForEach-Object { $_ % 4 ? '200' : '400' })
    }

    It 'is who was there already, with -IfNotExists' {
        $again = New-Row 'user.n3', 'user.n21', 'BAD 22', 'user.n1' | New-MedatarunUser -IfNotExists -ErrorAction SilentlyContinue -ErrorVariable refused
        $again.UserName | Should -Be 'user.n3', 'user.n21', 'user.n1'
        $refused.TargetObject | Should -Be 'BAD 22'
    }
}
