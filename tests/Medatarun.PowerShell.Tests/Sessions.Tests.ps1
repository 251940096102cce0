#Requires -Version 7.6
# Sessions: where somebody is signed in, how that ends, and how a connection keeps its own going.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $secrets = Get-Sentinel
    $password = ConvertTo-Secret $secrets.Password
    $test = Start-TestServer
    $test.Admin | Connect-Medatarun
    New-MedatarunUser plain.user 'Plain User' -Password $password | Out-Null
    New-MedatarunUser other.user 'Other User' -Password $password | Out-Null

    function Connect-As([string] $UserName) {
        $mine = Get-MedatarunContext
        try { Connect-Medatarun $test.Url (New-TestCredential $UserName) -PassThru }
        finally { $mine | Connect-Medatarun }
    }

    # A sign-in whose clock the test moves: the connection takes its token to expire, and the server does not mind.
    function Connect-WithClock([string] $UserName, $Clock) {
        $options = [Medatarun.Client.ConnectionOptions]::new()
        [Medatarun.Client.ConnectionOptions].GetProperty('TimeProvider').SetValue($options, $Clock)
        $anonymous = [Medatarun.Client.MedatarunConnection]::new($test.Url, $options)
        $secret = [Medatarun.Contracts.Secret]::new($secrets.Password)
        $client = $anonymous.SignInAsync($UserName, $secret, $true, $null, [Threading.CancellationToken]::None).GetAwaiter().GetResult()
        $constructor = $test.Admin.GetType().GetConstructors('NonPublic, Instance')[0]
        $source = [Enum]::ToObject($constructor.GetParameters()[1].ParameterType, 0)
        $constructor.Invoke(@($client, $source, $null))
    }

    function Get-Refusal([scriptblock] $Script) {
        try { $null = & $Script } catch { return $_.FullyQualifiedErrorId.Split(',')[0] }
    }
}

AfterAll {
    try { Disconnect-Medatarun } catch { $null = $_ }
    $test.Server | Stop-MedatarunServer
}

Describe 'A session' {
    It 'is shown to its owner, with what is known of it' {
        $theirs = Connect-As plain.user
        $session = Get-MedatarunSession -Connection $theirs | Where-Object Current
        $session | Should -HaveCount 1
        $session.UserName, $session.Address, $session.Offline | Should -Be @('plain.user', '127.0.0.1', $true)
        $session.Client | Should -Match '^medatarun-powershell/\d+\.\d+\.\d+$'
        $session.CreatedAt | Should -BeLessThan $session.ExpiresAt
        $session.ExpiresAt | Should -BeLessOrEqual $session.EndsAt
        "$session" | Should -Be 'plain.user from 127.0.0.1'
        $theirs | Disconnect-Medatarun
    }

    It 'is opened by each sign-in, and ends alone by its object' {
        $one = Connect-As plain.user
        $two = Connect-As plain.user
        @(Get-MedatarunSession -Connection $one).Count | Should -Be 2
        Get-MedatarunSession -Connection $one | Where-Object Current | Revoke-MedatarunSession -Connection $two -ErrorAction Stop
        Get-Refusal { Get-MedatarunUser -Current -Connection $one } | Should -Be 'InvalidToken'
        (Get-MedatarunUser -Current -Connection $two).UserName | Should -Be 'plain.user'
        Revoke-MedatarunSession (Get-MedatarunSession -Connection $two).Id -Connection $two
        Get-Refusal { Get-MedatarunUser -Current -Connection $two } | Should -Be 'InvalidToken'
    }

    It 'of everywhere else ends with -All, and the one that calls goes on' {
        $here = Connect-As plain.user
        $elsewhere = 1..2 | ForEach-Object { Connect-As plain.user }
        Revoke-MedatarunSession -All -Connection $here
        @(Get-MedatarunSession -Connection $here).Count | Should -Be 1
        foreach ($connection in $elsewhere) { Get-Refusal { Get-MedatarunUser -Current -Connection $connection } | Should -Be 'InvalidToken' }
    }

    It 'of others is an administrator''s to see and to end, by name and by object' {
        $theirs = Connect-As other.user
        (Get-MedatarunSession -User other.user).UserName | Should -Be 'other.user'
        @(Get-MedatarunUser other.user, admin | Get-MedatarunSession).UserName | Sort-Object -Unique | Should -Be @('admin', 'other.user')
        (Get-MedatarunSession -All).UserName | Should -Contain 'other.user'
        Get-MedatarunUser other.user | Revoke-MedatarunSession -All
        Get-MedatarunSession -User other.user | Should -BeNullOrEmpty
        Get-Refusal { Get-MedatarunUser -Current -Connection $theirs } | Should -Be 'InvalidToken'
        (Test-MedatarunConnection -Connection $theirs -Detailed).Reason | Should -Be 'InvalidToken'
    }

    It 'of others is nobody else''s to see or to end' {
        $theirs = Connect-As plain.user
        Get-Refusal { Get-MedatarunSession -All -Connection $theirs -ErrorAction Stop } | Should -Be 'PermissionDenied'
        Get-Refusal { Get-MedatarunSession -User admin -Connection $theirs -ErrorAction Stop } | Should -Be 'PermissionDenied'
        Get-Refusal { Revoke-MedatarunSession -User admin -All -Connection $theirs -ErrorAction Stop } | Should -Be 'PermissionDenied'
        Get-MedatarunSession | Revoke-MedatarunSession -Connection $theirs -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed | ForEach-Object { Get-ErrorId $_ } | Select-Object -Unique | Should -Be 'SessionNotFound'
        Test-MedatarunConnection | Should -BeTrue
    }

    It 'that is not there is an ObjectNotFound, and the others go on' {
        $theirs = Connect-As other.user
        $id = (Get-MedatarunSession -User other.user).Id
        'no-session', $id | Revoke-MedatarunSession -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Count | Should -Be 1
        $failed[0].CategoryInfo.Category, (Get-ErrorId $failed), $failed[0].TargetObject | Should -Be @('ObjectNotFound', 'SessionNotFound', 'no-session')
        Get-Refusal { Get-MedatarunUser -Current -Connection $theirs } | Should -Be 'InvalidToken'
        Get-Refusal { Get-MedatarunSession -User nobody -ErrorAction Stop } | Should -Be 'ActorNotFound'
        Get-Refusal { Revoke-MedatarunSession -User nobody -All -ErrorAction Stop } | Should -Be 'ActorNotFound'
    }
}

Describe 'A connection that expires' {
    It 'is renewed once for <_> runspaces, and goes on' -ForEach 20 {
        $clock = [Medatarun.PowerShell.Tests.Support.MovedClock]::new()
        $connection = Connect-WithClock plain.user $clock
        $before = $connection.ExpiresAt
        $clock.Advance('00:59:10')
        $manifest = Get-ManifestPath
        $lines = 1..60 | ForEach-Object -ThrottleLimit $_ -Parallel {
            Import-Module $using:manifest
            Get-MedatarunUser -Current -Connection $using:connection -Verbose -ErrorAction Stop 4>&1 | ForEach-Object ToString
        }
        @($lines -match '^POST /api/auth/whoami 200').Count | Should -Be 60
        @($lines -match '^POST /api/auth/token_refresh').Count | Should -Be 1
        $connection.ExpiresAt | Should -BeGreaterOrEqual $before
        @(Get-MedatarunSession -Connection $connection | Where-Object Current).Count | Should -Be 1
    }

    It 'asks for a sign-in when its session was ended, and Test-MedatarunConnection says TokenExpired' {
        $clock = [Medatarun.PowerShell.Tests.Support.MovedClock]::new()
        $connection = Connect-WithClock other.user $clock
        Revoke-MedatarunSession -User other.user -All
        (Test-MedatarunConnection -Connection $connection -Detailed).Reason | Should -Be 'InvalidToken'
        $clock.Advance('01:00:10')
        $failure = $null
        try { Get-MedatarunUser -Current -Connection $connection } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'TokenExpired,*'
        $failure.ErrorDetails.Message | Should -Match 'Sign in again'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}

Describe 'A list of sessions' {
    BeforeAll {
        # Each page says that there is another one.
        $endless = New-StubServer
        $endless.AnswerOnly('/api/auth/session_list', 200, '{"items":[' + (Get-SessionJson) + ',' + (Get-SessionJson) + '],"next":"more"}')
        $context = Connect-Medatarun $endless.Url -AccessToken (ConvertTo-Secret $secrets.Token) -PassThru
        $test.Admin | Connect-Medatarun
        $endless.Forget()
    }
    AfterAll { $endless.Dispose() }

    It 'is read a page at a time, and no further than it is wanted' {
        @(Get-MedatarunSession -Connection $context | Select-Object -First 1).Count | Should -Be 1
        $endless.Requests.Count | Should -Be 1
        @(Get-MedatarunSession -All -Connection $context | Select-Object -First 5).Count | Should -Be 5
        $endless.Requests.Count | Should -Be 4
        $last = $endless.Bodies[-1] | ConvertFrom-Json
        $last.after, $last.all, $last.username | Should -Be @('more', $true, $null)
    }

    It 'fits a narrow terminal' {
        $lines = Get-MedatarunSession -Connection $context | Select-Object -First 2 | Out-String -Width 80 -Stream
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        $lines -join "`n" | Should -Match 'john\.doe\s+medatarun-powershell/0\.1\.0 '
    }
}
