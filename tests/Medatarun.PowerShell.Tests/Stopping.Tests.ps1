#Requires -Version 7.6
# Ctrl+C while a server keeps silent.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Support/TestIssuer.psm1') -Force
    $stub = New-StubServer
    Connect-Stub $stub
    $context = Get-MedatarunContext
    $stub.KeepSilent('/api/auth/user_get')
    $stub.KeepSilent('/api/auth/login')
    $stub.AnswerOnly('/api/auth/user_wait', 503, (Get-ProblemJson 'storage_unavailable' 503 'Wait.'), "Retry-After: 9`r`n")

    # Starts a command in a runspace of its own, waits until its request has arrived, and stops it as Ctrl+C does.
    function Stop-Midway([scriptblock] $Command, [scriptblock] $Arrived, $Context = $context) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$(Get-ManifestPath)'").Invoke()
            $shell.Commands.Clear()
            $running = $shell.AddScript($Command).AddArgument($Context).AddArgument((New-TestCredential admin)).BeginInvoke()
            & $Arrived | Should -BeTrue
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $elapsed = $clock.ElapsedMilliseconds
            $running.IsCompleted | Should -BeTrue
            [pscustomobject]@{ Elapsed = $elapsed; Errors = @($shell.Streams.Error); State = $shell.InvocationStateInfo }
        }
        finally { $shell.Dispose() }
    }
}

AfterAll { $stub.Dispose() }

Describe 'A stopped command' {
    It 'lets go of <What> at once, and makes no error of it' -ForEach @(
        @{ What = 'a hanging request'; Command = { param($c) Get-MedatarunUser john.doe -Connection $c } }
        @{ What = 'a hanging sign-in'; Command = { param($c, $who) Connect-Medatarun $c.Url -Credential $who } }
        @{ What = 'a pipeline of many'; Command = { param($c) 1..100 | ForEach-Object { "user.$_" } | Get-MedatarunUser -Connection $c } }
    ) {
        # The best of three, so that a busy machine does not decide.
        $runs = 1..3 | ForEach-Object { Stop-Midway $Command { $stub.WaitForSilence(30000) } }
        ($runs.Elapsed | Measure-Object -Minimum).Minimum | Should -BeLessThan 200
        $runs.Errors | Should -BeNullOrEmpty
        $runs.State.State | Should -Be @('Stopped', 'Stopped', 'Stopped')
    }

    It 'lets go of a hanging refresh at once, and makes no error of it' {
        $expiring = New-StubServer
        try {
            # Without a life, so that it is renewed before each use.
            foreach ($operation in 'login', 'token_refresh') { $expiring.AnswerOnly("/api/auth/$operation", 200, (Get-SignInJson 0 -Refreshable)) }
            $contexts = 1..3 | ForEach-Object { Connect-Medatarun $expiring.Url -Credential (New-TestCredential admin) -PassThru }
            $expiring.KeepSilent('/api/auth/token_refresh')
            $runs = $contexts | ForEach-Object {
                Stop-Midway { param($c) Get-MedatarunUser john.doe -Connection $c } { $expiring.WaitForSilence(30000) } $_
            }
            ($runs.Elapsed | Measure-Object -Minimum).Minimum | Should -BeLessThan 200
            $runs.Errors | Should -BeNullOrEmpty
            $runs.State.State | Should -Be @('Stopped', 'Stopped', 'Stopped')
            $expiring.Requests | Should -Not -Contain '/api/auth/user_get'
        }
        finally { $expiring.Dispose() }
    }

    It 'lets go of a platform that keeps a job''s token to itself at once, and makes no error of it' {
        $job = @{ ACTIONS_ID_TOKEN_REQUEST_URL = "$($stub.Url)idtoken"; ACTIONS_ID_TOKEN_REQUEST_TOKEN = 'x' }
        $runs = Invoke-AsJob $job {
            1..3 | ForEach-Object { Stop-Midway { param($c) Connect-Medatarun $c.Url -FromEnvironment } { $stub.WaitForSilence(30000) } }
        }
        ($runs.Elapsed | Measure-Object -Minimum).Minimum | Should -BeLessThan 200
        $runs.Errors | Should -BeNullOrEmpty
        $runs.State.State | Should -Be @('Stopped', 'Stopped', 'Stopped')
    }

    It 'lets go of a wait that the server asked for' {
        $arrived = {
            $patience = [Diagnostics.Stopwatch]::StartNew()
            while ($stub.Requests -notcontains '/api/auth/user_wait' -and $patience.Elapsed.TotalSeconds -lt 30) { [Threading.Thread]::Yield() | Out-Null }
            $stub.Requests -contains '/api/auth/user_wait'
        }
        $run = Stop-Midway { param($c) Invoke-MedatarunApi user_wait -Connection $c } $arrived
        $run.Elapsed | Should -BeLessThan 2000
        $run.Errors | Should -BeNullOrEmpty
    }
}
