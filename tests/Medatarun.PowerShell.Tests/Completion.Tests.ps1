#Requires -Version 7.6
# What the Tab key offers.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $stub = New-StubServer
    function Get-Completion([string] $Line) { @((TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText) }
    function Wait-Completion([string] $Line) {
        # The first key press may come before the answer; what it asked for is there for one of the next.
        $patience = [Diagnostics.Stopwatch]::StartNew()
        do { $found = Get-Completion $Line } until ($found -or $patience.Elapsed.TotalSeconds -gt 20)
        $found
    }
}

AfterAll { $stub.Dispose() }

Describe 'Completion' {
    It 'offers users where a user is meant: <_>' -ForEach @(
        'Get-MedatarunUser jo', 'Set-MedatarunUser jo', 'Enable-MedatarunUser -Identity jo', 'Disable-MedatarunUser jo'
        'Remove-MedatarunUser jo', 'Set-MedatarunUserPassword jo', 'Get-MedatarunActor jo', 'Unlock-MedatarunUser jo', 'Get-MedatarunSession -User jo'
        'Revoke-MedatarunSession -All -User jo', 'New-MedatarunApiToken x -User jo', 'Get-MedatarunApiToken -User jo', 'New-MedatarunToken -Principal jo'
    ) {
        Connect-Stub $stub
        Wait-Completion $_ | Should -Be 'john.doe'
    }

    It 'offers only what begins like the word' {
        Connect-Stub $stub
        Wait-Completion 'Get-MedatarunUser jo' | Should -Be 'john.doe'
        Get-Completion 'Get-MedatarunUser -Identity zz' | Should -Not -Contain 'john.doe'
    }

    It 'asks the server once for the same word' {
        Connect-Stub $stub
        $null = Wait-Completion 'Get-MedatarunUser j'
        1..5 | ForEach-Object { Get-Completion 'Get-MedatarunUser j' | Should -Be 'john.doe' }
        $stub.Requests.Count | Should -Be 1
    }

    It 'offers operations with their sentence' {
        Get-Completion 'Invoke-MedatarunApi user_cr' | Should -Be 'user_create'
        $match = (TabExpansion2 'Invoke-MedatarunApi whoam').CompletionMatches[0]
        $match.ToolTip | Should -Match 'who the caller is'
        Get-Completion 'Invoke-MedatarunApi -Group a' | Should -Be 'auth'
    }

    It 'offers <Name> where one is meant: <Line>' -ForEach @(
        @{ Name = 'admin'; Line = 'Get-MedatarunUser -Role ad' }, @{ Name = 'admin'; Line = 'Set-MedatarunUser x -Role ad' }
        @{ Name = 'admin'; Line = 'Get-MedatarunRole ad' }, @{ Name = 'admin'; Line = 'Add-MedatarunActorRole john.doe ad' }
        @{ Name = 'operations'; Line = 'Get-MedatarunUser -Group op' }, @{ Name = 'operations'; Line = 'Add-MedatarunGroupMember op' }
        @{ Name = 'operations'; Line = 'New-MedatarunUser x -Group op' }, @{ Name = 'john.doe'; Line = 'Add-MedatarunGroupMember operations jo' }
        @{ Name = 'user_manage'; Line = 'Get-MedatarunPermission us' }, @{ Name = 'user_manage'; Line = 'New-MedatarunRole x -Permission us' }
        @{ Name = 'user_manage'; Line = 'New-MedatarunApiToken x -Permission us' }
        @{ Name = 'github'; Line = 'Get-MedatarunTrustedIssuer gith' }, @{ Name = 'github'; Line = 'Set-MedatarunTrustedIssuer gith' }
        @{ Name = 'github'; Line = 'Remove-MedatarunTrustedIssuer gith' }, @{ Name = 'github'; Line = 'Get-MedatarunTrustedIssuerRule gith' }
        @{ Name = 'github'; Line = 'New-MedatarunTrustedIssuerRule gith' }, @{ Name = 'github'; Line = 'Set-MedatarunTrustedIssuerRule gith' }
        @{ Name = 'github'; Line = 'Remove-MedatarunTrustedIssuerRule -IssuerName gith' }, @{ Name = 'ES256'; Line = 'New-MedatarunTrustedIssuer x -Algorithm es2' }
        @{ Name = 'admin'; Line = 'New-MedatarunTrustedIssuerRule x y -Role ad' }
    ) {
        Connect-Stub $stub
        Wait-Completion $Line | Should -Be $Name
    }

    It 'is quick and empty, and no error, when <What>' -ForEach @(
        @{ What = 'nobody is signed in'; Prepare = { try { Disconnect-Medatarun } catch { $null = $_ } } }
        @{ What = 'the server is gone'; Prepare = { $gone = New-StubServer; Connect-Stub $gone; $gone.Dispose() } }
        @{ What = 'the server keeps silent'; Prepare = { $script:silent = New-StubServer; Connect-Stub $silent; $silent.KeepSilent('/api/auth/user_list') } }
        @{ What = 'the token is refused'; Prepare = { $script:silent = New-StubServer; Connect-Stub $silent; $silent.AnswerOnly('/api/auth/user_list', 401, (Get-ProblemJson 'invalid_token' 401 'No.')) } }
    ) {
        $script:silent = $null
        try {
            . $Prepare
            $Error.Clear()
            # The shell falls back to file names; the completer itself is asked for what it offers.
            $completer = [Medatarun.PowerShell.Parameters.UserNameCompleter]::new()
            $times = 1..3 | ForEach-Object {
                $clock = [Diagnostics.Stopwatch]::StartNew()
                @($completer.CompleteArgument('Get-MedatarunUser', 'Identity', "u$_", $null, @{})).Count | Should -Be 0
                $clock.ElapsedMilliseconds
            }
            ($times | Measure-Object -Minimum).Minimum | Should -BeLessOrEqual 250
            $Error.Count | Should -Be 0
        }
        finally {
            if ($script:silent) { $script:silent.Dispose() }
            try { Disconnect-Medatarun } catch { $null = $_ }
        }
    }
}
