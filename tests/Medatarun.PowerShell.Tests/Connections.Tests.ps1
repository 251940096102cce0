#Requires -Version 7.6
# Which sign-in a cmdlet uses, and what becomes of it.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $secrets = Get-Sentinel
    function Clear-Sign {
        try { Disconnect-Medatarun } catch { $null = $_ }
        Clear-EnvironmentSignIn
    }
}

AfterAll { Clear-Sign }

Describe 'A sign-in' {
    BeforeEach {
        Clear-Sign
        $stub = New-StubServer
        $other = New-StubServer
    }
    AfterEach { Clear-Sign; $stub.Dispose(); $other.Dispose() }

    It 'is asked for when there is none' {
        $failure = $null
        try { Get-MedatarunUser } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'Connect-Medatarun'
        Get-MedatarunContext | Should -BeNullOrEmpty
    }

    It 'with a credential is silent, and kept' {
        Connect-Medatarun $stub.Url -Credential (New-TestCredential admin) | Should -BeNullOrEmpty
        $context = Get-MedatarunContext
        $context.Url | Should -Be $stub.Url
        $context.UserName, $context.Type, $context.Source | Should -Be @('admin', 'Operator', 'Credential')
        $context.Roles | Should -Be 'admin'
        $context.ExpiresAt | Should -Be ([DateTimeOffset]'2036-11-22T01:00:00Z')
        ($stub.Bodies[0] | ConvertFrom-Json).password | Should -BeExactly $secrets.Password
    }

    It 'sends an address with an @ as e-mail' {
        Connect-Medatarun $stub.Url -Credential (New-TestCredential 'a@b.c')
        ($stub.Bodies[0] | ConvertFrom-Json).email | Should -BeExactly 'a@b.c'
    }

    It 'comes out with -PassThru, and goes into -Connection' {
        $one = Connect-Medatarun $stub.Url -AccessToken (ConvertTo-Secret $secrets.Token) -PassThru
        Connect-Medatarun $other.Url -AccessToken (ConvertTo-Secret $secrets.Token)
        $stub.Forget(); $other.Forget()
        Get-MedatarunUser -Connection $one | Out-Null
        $stub.Requests.Count, $other.Requests.Count | Should -Be @(1, 0)
        Get-MedatarunUser | Out-Null
        $stub.Requests.Count, $other.Requests.Count | Should -Be @(1, 1)
    }

    It 'that is refused leaves the one before in place' {
        Connect-Medatarun $stub.Url -AccessToken (ConvertTo-Secret $secrets.Token)
        $bad = [Medatarun.PowerShell.Tests.Support.StubServer]::new()
        $bad.Answer('/api/auth/whoami', 401, (Get-ProblemJson 'invalid_token' 401 'The access token is not valid.'))
        { Connect-Medatarun $bad.Url -AccessToken (ConvertTo-Secret 'wrong') } | Should -Throw -ErrorId 'InvalidToken,*'
        $bad.Dispose()
        (Get-MedatarunContext).Url | Should -Be $stub.Url
    }

    It 'whose token could end a header line is refused before it is sent' {
        { Connect-Medatarun $stub.Url -AccessToken (ConvertTo-Secret "good`nX-Evil: 1") } | Should -Throw -ErrorId 'InvalidToken,*'
        Set-EnvironmentSignIn "line`n" $stub.Url
        { 'a.b', 'c.d' | Disable-MedatarunUser -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'InvalidToken,*'
        $stub.Requests | Should -BeNullOrEmpty
    }

    It 'of the environment needs no Connect' {
        Set-EnvironmentSignIn $secrets.Token $stub.Url
        (Get-MedatarunUser).UserName | Should -Be 'john.doe'
        (Get-MedatarunContext).Source | Should -Be 'Environment'
        (Get-MedatarunContext).UserName | Should -Be 'admin'
    }

    It 'is taken from -Connection, then Connect, then the environment' {
        Set-EnvironmentSignIn $secrets.Token $other.Url
        Get-MedatarunUser | Out-Null
        $other.Changes | Should -Be 1
        Connect-Medatarun $stub.Url -AccessToken (ConvertTo-Secret $secrets.Token)
        Get-MedatarunUser | Out-Null
        $other.Changes | Should -Be 1
        $stub.Changes | Should -Be 1
    }

    It 'goes to the address of the environment when none is given' {
        Set-EnvironmentSignIn -Url $stub.Url
        Connect-Medatarun -Credential (New-TestCredential admin)
        (Get-MedatarunContext).Url | Should -Be $stub.Url
    }

    It 'ends on the server and is forgotten' {
        Connect-Medatarun $stub.Url -AccessToken (ConvertTo-Secret $secrets.Token)
        Disconnect-Medatarun
        $stub.Requests[-1] | Should -Be '/api/auth/logout'
        Get-MedatarunContext | Should -BeNullOrEmpty
        Disconnect-Medatarun
        $stub.Requests.Where{ $_ -like '*logout' }.Count | Should -Be 1
    }

    It 'with an API token is only forgotten' {
        Connect-Medatarun $stub.Url -AccessToken (ConvertTo-Secret $secrets.ApiToken)
        $stub.AnswerOnly('/api/auth/logout', 403, (Get-ProblemJson 'session_required' 403 'An API token cannot do this.'))
        $said = Disconnect-Medatarun -Verbose -ErrorAction Stop 4>&1 | ForEach-Object ToString
        $said | Should -Contain 'The connection has an API token, which has no session to end. It is forgotten here, and good until it is revoked.'
        Get-MedatarunContext | Should -BeNullOrEmpty
    }

    It 'that has ended on the server already is forgotten without an error' {
        Connect-Medatarun $stub.Url -AccessToken (ConvertTo-Secret $secrets.Token)
        $ended = [Medatarun.PowerShell.Tests.Support.StubServer]::new()
        $ended.Answer('/api/auth/whoami', 200, (Invoke-RestMethod "$($stub.Url)api/auth/whoami" -Method Post | ConvertTo-Json -Compress))
        $ended.Answer('/api/auth/logout', 401, (Get-ProblemJson 'token_expired' 401 'The access token has expired.'))
        Connect-Medatarun $ended.Url -AccessToken (ConvertTo-Secret $secrets.Token)
        Disconnect-Medatarun -ErrorAction Stop
        Get-MedatarunContext | Should -BeNullOrEmpty
        $ended.Dispose()
    }

    It 'is forgotten when the server is gone, and that is said' {
        $gone = New-StubServer
        Connect-Stub $gone
        $gone.Dispose()
        { Disconnect-Medatarun } | Should -Throw -ErrorId 'ServerUnreachable,*'
        Get-MedatarunContext | Should -BeNullOrEmpty
    }

    It 'comes from Initialize-MedatarunAdmin and New-MedatarunToken by pipeline' {
        Initialize-MedatarunAdmin $stub.Url -Credential (New-TestCredential admin) -BootstrapSecret (ConvertTo-Secret $secrets.Bootstrap) | Connect-Medatarun
        ($stub.Bodies[0] | ConvertFrom-Json).secret | Should -BeExactly $secrets.Bootstrap
        ($stub.Bodies[0] | ConvertFrom-Json).fullname | Should -BeExactly 'Administrator'
        (Get-MedatarunContext).Source | Should -Be 'Bootstrap'
        $token = New-MedatarunToken $stub.Url -Credential (New-TestCredential admin)
        $token | Connect-Medatarun
        (Get-MedatarunContext).Source | Should -Be 'AccessToken'
        ConvertFrom-SecureString $token.AccessToken -AsPlainText | Should -BeExactly $secrets.Token
    }

    It 'by New-MedatarunToken touches no connection' {
        New-MedatarunToken $stub.Url -Credential (New-TestCredential admin) | Out-Null
        Get-MedatarunContext | Should -BeNullOrEmpty
    }

    It 'with a credential is renewed once for <_> runspaces at once' -ForEach 20 {
        # Signing in asks who that is, and refreshes for it: the token of that refresh is without a life too, the next one is not.
        $stub.AnswerOnly('/api/auth/login', 200, (Get-SignInJson 0 -Refreshable))
        $stub.AnswerOnly('/api/auth/token_refresh', 200, (Get-SignInJson 0 -Refreshable))
        $stub.Answer('/api/auth/token_refresh', 200, (Get-SignInJson 3600 -Refreshable))
        Connect-Medatarun $stub.Url -Credential (New-TestCredential admin)
        $stub.Forget()
        $manifest = Get-ManifestPath
        $names = 1..60 | ForEach-Object -ThrottleLimit $_ -Parallel {
            Import-Module $using:manifest
            (Get-MedatarunUser john.doe).UserName
        }
        $names.Count | Should -Be 60
        $stub.Requests.Where{ $_ -like '*token_refresh' }.Count | Should -Be 1
        $stub.Requests.Where{ $_ -like '*user_get' }.Count | Should -Be 60
    }

    It 'with a credential asks for offline access, and with New-MedatarunToken it does not' {
        Connect-Medatarun $stub.Url -Credential (New-TestCredential admin)
        New-MedatarunToken $stub.Url -Credential (New-TestCredential admin) | Out-Null
        $asked = $stub.Bodies | ConvertFrom-Json | Where-Object password
        $asked.offline_access | Should -Be @($true, $null)
    }

    It 'that cannot be renewed says to sign in again, and leaves nothing to be renewed' {
        $stub.AnswerOnly('/api/auth/login', 200, (Get-SignInJson 0 -Refreshable))
        $context = $null
        $stub.AnswerOnly('/api/auth/token_refresh', 200, (Get-SignInJson 0 -Refreshable))
        $context = Connect-Medatarun $stub.Url -Credential (New-TestCredential admin) -PassThru
        $stub.AnswerOnly('/api/auth/token_refresh', 400, (Get-ProblemJson 'invalid_grant' 400 'The refresh token is not valid.'))
        $failure = $null
        try { Get-MedatarunUser -Connection $context } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'TokenExpired,*'
        $failure.ErrorDetails.Message | Should -Match 'Sign in again'
        $stub.Forget()
        (Test-MedatarunConnection -Connection $context -Detailed).Success | Should -BeTrue
        $stub.Requests | Should -Be '/api/auth/whoami'
    }

    It 'is one for <_> runspaces at once' -ForEach 20 {
        Connect-Medatarun $stub.Url -AccessToken (ConvertTo-Secret $secrets.Token)
        $manifest = Get-ManifestPath
        $names = 1..60 | ForEach-Object -ThrottleLimit $_ -Parallel {
            Import-Module $using:manifest
            (Get-MedatarunUser john.doe).UserName
        }
        $names.Count | Should -Be 60
        $stub.Requests.Where{ $_ -like '*user_get' }.Count | Should -Be 60
    }
}

Describe 'An address' {
    It 'of plain http to another machine is refused: <_>' -ForEach 'http://id.example.org', 'http://10.0.0.1:8080' {
        { Connect-Medatarun $_ -Credential (New-TestCredential admin) } | Should -Throw -ErrorId 'InsecureUrl,*'
    }

    It 'that is none is refused: <_>' -ForEach 'localhost:8080', 'ftp://x', 'nonsense' {
        { Connect-Medatarun $_ -Credential (New-TestCredential admin) } | Should -Throw -ErrorId 'InvalidUrl,*'
    }

    It 'of the environment is refused alike' {
        Set-EnvironmentSignIn 'x' 'http://id.example.org'
        try { { Get-MedatarunUser } | Should -Throw -ErrorId 'InsecureUrl,*' }
        finally { Clear-EnvironmentSignIn }
    }
}

Describe 'Test-MedatarunConnection' {
    BeforeEach { Clear-Sign; $stub = New-StubServer }
    AfterEach { Clear-Sign; $stub.Dispose() }

    It 'is true for a good sign-in' {
        Connect-Stub $stub
        Test-MedatarunConnection | Should -BeTrue
        $detail = Test-MedatarunConnection -Detailed
        $detail.Success, $detail.Reason, $detail.UserName | Should -Be @($true, $null, 'admin')
    }

    It 'is false without one' {
        Test-MedatarunConnection | Should -BeFalse
        (Test-MedatarunConnection -Detailed).Reason | Should -Be 'NotConnected'
    }

    It 'says <Reason> for a token that is refused' -ForEach @(
        @{ Reason = 'InvalidToken'; Code = 'invalid_token' }, @{ Reason = 'TokenExpired'; Code = 'token_expired' }
    ) {
        $refusing = [Medatarun.PowerShell.Tests.Support.StubServer]::new()
        $refusing.Answer('/api/auth/whoami', 401, (Get-ProblemJson $Code 401 'No.'))
        Set-EnvironmentSignIn 'x' $refusing.Url
        Test-MedatarunConnection | Should -BeFalse
        (Test-MedatarunConnection -Detailed).Reason | Should -Be $Reason
        Clear-EnvironmentSignIn
        $refusing.Dispose()
    }

    It 'says ServerUnreachable when nobody answers, and makes no error of it' {
        Connect-Stub $stub
        $context = Get-MedatarunContext
        $stub.Dispose()
        $Error.Clear()
        Test-MedatarunConnection -Connection $context | Should -BeFalse
        (Test-MedatarunConnection -Connection $context -Detailed).Reason | Should -Be 'ServerUnreachable'
        $Error.Count | Should -Be 0
        try { Disconnect-Medatarun } catch { $null = $_ }
    }
}

Describe 'A server that asks to wait' {
    It 'is asked again after the time it names' {
        $stub = New-StubServer
        try {
            Connect-Stub $stub
            $stub.Answer('/api/auth/user_busy', 429, (Get-ProblemJson 'throttled' 429 'Wait.'), "Retry-After: 1`r`n")
            $stub.Answer('/api/auth/user_busy', 200, '{"status":"ok"}')
            $clock = [Diagnostics.Stopwatch]::StartNew()
            (Invoke-MedatarunApi user_busy).status | Should -Be 'ok'
            $clock.ElapsedMilliseconds | Should -BeGreaterOrEqual 950
            $stub.Requests.Count | Should -Be 2
        }
        finally { $stub.Dispose() }
    }
}
