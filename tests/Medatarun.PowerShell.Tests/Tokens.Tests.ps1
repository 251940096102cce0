#Requires -Version 7.6
# Tokens for others, and users who are held off, on a real server.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $secrets = Get-Sentinel
    $password = ConvertTo-Secret $secrets.Password
    $test = Start-TestServer
    $test.Admin | Connect-Medatarun
    New-MedatarunUser plain.user 'Plain User' -Password $password | Out-Null
    New-MedatarunUser second.admin 'Second Admin' -Password $password -Admin | Out-Null
    New-MedatarunRole minters -Permission token_manage | Out-Null
    New-MedatarunUser mint.er 'Mint Er' -Password $password -Role minters | Out-Null
    New-MedatarunServiceAccount known-bot -Role reader | Out-Null

    function Get-Refusal([scriptblock] $Script) {
        try { $null = & $Script } catch { return $_.FullyQualifiedErrorId.Split(',')[0] }
    }
    function Connect-Token($Token) {
        try { $Token | Connect-Medatarun -PassThru } finally { $test.Admin | Connect-Medatarun }
    }
}

AfterAll {
    try { Disconnect-Medatarun } catch { $null = $_ }
    $test.Server | Stop-MedatarunServer
}

Describe 'A token for somebody else' {
    It 'signs in <Principal>, who is of the type <Type>' -ForEach @(
        @{ Principal = 'plain.user'; Type = 'User'; Made = $false }, @{ Principal = 'second.admin'; Type = 'Operator'; Made = $false }
        @{ Principal = 'known-bot'; Type = 'User'; Made = $false }
        @{ Principal = 'new-bot'; Type = 'User'; Made = $true }, @{ Principal = 'new-operator'; Type = 'operator'; Made = $true }
    ) {
        [bool] (Get-MedatarunActor $Principal -ErrorAction Ignore) | Should -Be (-not $Made)
        $token = New-MedatarunToken -Principal $Principal -Type $Type -ErrorAction Stop
        $token.UserName | Should -Be $Principal
        $token.AccessToken | Should -BeOfType ([securestring])
        $connection = Connect-Token $token
        $connection.UserName, $connection.Type, $connection.Source | Should -Be @($Principal, $Type, 'AccessToken')
        (Get-MedatarunUser -Current -Connection $connection).UserName | Should -Be $Principal
        (Get-MedatarunSession -User $Principal).UserName | Should -Contain $Principal
    }

    It 'lives as long as was said' {
        $token = New-MedatarunToken -Principal plain.user -ExpiresIn 08:00:00
        ($token.ExpiresAt - [DateTimeOffset]::UtcNow).TotalHours | Should -BeGreaterThan 7.9
        ($token.ExpiresAt - [DateTimeOffset]::UtcNow).TotalHours | Should -BeLessOrEqual 8
        foreach ($life in '00:00:59', '366.00:00:00') {
            Get-Refusal { New-MedatarunToken -Principal plain.user -ExpiresIn $life -ErrorAction Stop } | Should -Be 'InvalidRequest'
        }
    }

    It 'comes by pipeline, from users, service accounts and rows' {
        (Get-MedatarunUser plain.user, second.admin | New-MedatarunToken -ErrorAction Stop).UserName | Should -Be @('plain.user', 'second.admin')
        (Get-MedatarunServiceAccount known-bot | New-MedatarunToken -ErrorAction Stop).UserName | Should -Be 'known-bot'
        ("Principal,Type`nknown-bot,User`nsecond.admin,Operator" | ConvertFrom-Csv | New-MedatarunToken).UserName | Should -Be @('known-bot', 'second.admin')
    }

    It 'touches no connection, and is for the server of -Connection' {
        $before = Get-MedatarunContext
        (New-MedatarunToken -Principal plain.user -Connection $test.Admin).Url | Should -Be $test.Url
        Get-MedatarunContext | Should -Be $before
        (New-MedatarunToken -Credential (New-TestCredential plain.user) -Connection $test.Admin).Url | Should -Be $test.Url
    }

    It 'is refused, and the others go on: <What>' -ForEach @(
        @{ What = 'the other type'; Principal = 'second.admin'; Type = 'User'; Id = 'PrincipalTypeMismatch'; Category = 'InvalidOperation' }
        @{ What = 'a name that breaks the rules'; Principal = 'Bad Name'; Type = 'User'; Id = 'BadUsername'; Category = 'InvalidArgument' }
    ) {
        $made = New-MedatarunToken -Principal $Principal, plain.user -Type $Type -ErrorAction SilentlyContinue -ErrorVariable failed
        $made.UserName | Should -Be 'plain.user'
        $failed.Count | Should -Be 1
        Get-ErrorId $failed | Should -Be $Id
        $failed[0].CategoryInfo.Category, $failed[0].TargetObject | Should -Be @($Category, $Principal)
    }

    It 'is refused for who is disabled, for who holds more, and to who may not make any' {
        New-MedatarunUser shut.out 'Shut Out' -Password $password -Disabled | Out-Null
        Get-Refusal { New-MedatarunToken -Principal shut.out -ErrorAction Stop } | Should -Be 'PrincipalDisabled'
        $minter = Connect-Token (New-MedatarunToken $test.Url (New-TestCredential mint.er))
        (New-MedatarunToken -Principal plain.user -Connection $minter).UserName | Should -Be 'plain.user'
        Get-Refusal { New-MedatarunToken -Principal second.admin -Connection $minter -ErrorAction Stop } | Should -Be 'ExceedsAuthority'
        Get-Refusal { New-MedatarunToken -Principal fresh -Type Operator -Connection $minter -ErrorAction Stop } | Should -Be 'ExceedsAuthority'
        $plain = Connect-Token (New-MedatarunToken -Principal plain.user)
        Get-Refusal { New-MedatarunToken -Principal known-bot -Connection $plain -ErrorAction Stop } | Should -Be 'PermissionDenied'
    }

    It 'of no type there is fails before it is sent' {
        { New-MedatarunToken -Principal plain.user -Type Manager } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'ends with its session' {
        $connection = Connect-Token (New-MedatarunToken -Principal known-bot)
        Revoke-MedatarunSession -User known-bot -All
        Get-Refusal { Get-MedatarunUser -Current -Connection $connection } | Should -Be 'InvalidToken'
        Get-Refusal { Connect-Token (New-MedatarunToken -Principal known-bot) | Disconnect-Medatarun } | Should -BeNullOrEmpty
    }
}

Describe 'A user who is held off' {
    It 'is shown as locked, and signs in again after <What>' -ForEach @(
        @{ What = 'Unlock-MedatarunUser'; User = 'held.one'; Unlock = { (Unlock-MedatarunUser held.one -PassThru -ErrorAction Stop).Locked | Should -BeFalse } }
        @{ What = 'a new password'; User = 'held.two'; Unlock = { Set-MedatarunUserPassword held.two -NewPassword $password -ErrorAction Stop } }
    ) {
        New-MedatarunUser $User 'Held Off' -Password $password | Out-Null
        (Get-MedatarunUser $User).Locked | Should -BeFalse
        1..5 | ForEach-Object { Get-Refusal { New-MedatarunToken $test.Url (New-TestCredential $User 'Wrong-Guess-0000!') } | Should -Be 'BadCredentials' }
        (Get-MedatarunUser | Where-Object Locked).UserName | Should -Be $User
        Get-Refusal { New-MedatarunToken $test.Url (New-TestCredential $User) } | Should -Be 'BadCredentials'
        & $Unlock
        (Get-MedatarunUser $User).Locked | Should -BeFalse
        (New-MedatarunToken $test.Url (New-TestCredential $User)).UserName | Should -Be $User
    }

    It 'that does not exist is an ObjectNotFound, and who is not held off is no error' {
        $made = 'nobody', 'plain.user' | Unlock-MedatarunUser -PassThru -ErrorAction SilentlyContinue -ErrorVariable failed
        $made.UserName | Should -Be 'plain.user'
        Get-ErrorId $failed | Should -Be 'UserNotFound'
        $plain = Connect-Token (New-MedatarunToken -Principal plain.user)
        Get-Refusal { Unlock-MedatarunUser plain.user -Connection $plain -ErrorAction Stop } | Should -Be 'PermissionDenied'
    }
}
