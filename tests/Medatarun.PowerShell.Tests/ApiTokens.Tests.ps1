#Requires -Version 7.6
# API tokens, on a real server: made, shown, used by a script that signs in with nothing else, and revoked.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $secrets = Get-Sentinel
    $pwsh = (Get-Process -Id $PID).Path
    $test = Start-TestServer
    $test.Admin | Connect-Medatarun
    New-MedatarunUser plain.user 'Plain User' -Password (ConvertTo-Secret $secrets.Password) | Out-Null
    New-MedatarunServiceAccount runbook -Role manager | Out-Null

    function Get-Text([securestring] $Secret) { ConvertFrom-SecureString $Secret -AsPlainText }

    function Get-Refusal([scriptblock] $Script) {
        try { $null = & $Script } catch { return $_.FullyQualifiedErrorId.Split(',')[0] }
    }

    # A connection with a token, beside the default one.
    function Connect-With([securestring] $Token) {
        try { Connect-Medatarun $test.Url -AccessToken $Token -PassThru }
        finally { $test.Admin | Connect-Medatarun }
    }

    # A script as a pipeline runs it: a process of its own, with the token in the environment.
    function Invoke-Job([string] $Token, [string] $Script) {
        $file = Join-Path $TestDrive 'job.ps1'
        Set-Content $file "`$ErrorActionPreference = 'Stop'`nImport-Module '$(Get-ManifestPath)'`n$Script"
        Set-EnvironmentSignIn $Token $test.Url
        try {
            $output = & $pwsh -NoProfile -NonInteractive -File $file 2>&1 | Out-String
            [pscustomobject]@{ ExitCode = $LASTEXITCODE; Output = $output }
        }
        finally { Clear-EnvironmentSignIn }
    }
}

AfterAll {
    try { Disconnect-Medatarun } catch { $null = $_ }
    $test.Server | Stop-MedatarunServer
}

Describe 'An API token' {
    It 'is made with a value that is there this once' {
        $token = New-MedatarunApiToken first
        $token.Name, $token.UserName, $token.Permissions, $token.ExpiresAt, $token.LastUsedAt | Should -Be @('first', 'admin', $null, $null, $null)
        Get-Text $token.Token | Should -MatchExactly '^mda_[A-Za-z0-9]{42}$'
        $shown = Get-MedatarunApiToken first
        $shown.Id | Should -Be $token.Id
        $shown.Token | Should -BeNullOrEmpty
    }

    It 'comes as text alone with -AsPlainText' {
        $value = New-MedatarunApiToken text -AsPlainText
        $value | Should -BeOfType ([string])
        $value | Should -MatchExactly '^mda_'
        (Get-MedatarunContext -Connection (Connect-With (ConvertTo-Secret $value))).UserName | Should -Be 'admin'
    }

    It 'ends when it was said: <What>' -ForEach @(
        @{ What = 'a span'; Parameters = @{ ExpiresIn = [timespan]'01:00:00' } }
        @{ What = 'a span as text'; Parameters = @{ ExpiresIn = '01:00:00' } }
        @{ What = 'a time'; Parameters = @{ ExpiresAt = [DateTime]::Now.AddHours(1) } }
        @{ What = 'a time of another zone'; Parameters = @{ ExpiresAt = [DateTimeOffset]::UtcNow.AddHours(1).ToOffset('05:30') } }
    ) {
        $token = New-MedatarunApiToken ends @Parameters
        ($token.ExpiresAt - [DateTimeOffset]::UtcNow).TotalMinutes | Should -BeGreaterThan 58
        ($token.ExpiresAt - [DateTimeOffset]::UtcNow).TotalMinutes | Should -BeLessOrEqual 60
    }

    It 'is refused an end that is none: <What>' -ForEach @(
        @{ What = 'too soon'; Parameters = @{ ExpiresIn = [timespan]'00:00:59' } }
        @{ What = 'a number, which PowerShell takes for ticks'; Parameters = @{ ExpiresIn = 90 } }
        @{ What = 'too late'; Parameters = @{ ExpiresIn = [timespan]::MaxValue } }
        @{ What = 'in the past'; Parameters = @{ ExpiresAt = [DateTimeOffset]::UtcNow.AddDays(-1) } }
    ) {
        $failure = $null
        try { New-MedatarunApiToken never @Parameters -ErrorAction Stop } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure.ErrorDetails.Message | Should -Match 'expires_in'
        $failure.TargetObject | Should -Be 'never'
        Get-MedatarunApiToken | Where-Object Name -EQ never | Should -BeNullOrEmpty
    }

    It 'is cut to the permissions that were said, and an empty list leaves none' {
        (New-MedatarunApiToken cut -Permission user_read, (Get-MedatarunPermission group_manage)).Permissions | Should -Be @('user_read', 'group_manage')
        $nothing = New-MedatarunApiToken nothing -Permission @()
        $nothing.Permissions.Count | Should -Be 0
        $connection = Connect-With $nothing.Token
        Get-Refusal { Get-MedatarunUser -Connection $connection -ErrorAction Stop } | Should -Be 'PermissionDenied'
        Get-Refusal { New-MedatarunApiToken bad -Permission no_such -ErrorAction Stop } | Should -Be 'PermissionNotFound'
    }

    It 'is made for others by object, and follows what they may do' {
        $made = Get-MedatarunServiceAccount runbook | New-MedatarunApiToken 'for runbook'
        $made.UserName | Should -Be 'runbook'
        $connection = Connect-With $made.Token
        $connection.UserName, $connection.Type, $connection.ExpiresAt | Should -Be @('runbook', 'User', $null)
        (Get-MedatarunUser admin -Connection $connection).UserName | Should -Be 'admin'
        Remove-MedatarunActorRole runbook manager -Confirm:$false
        Get-Refusal { Get-MedatarunUser admin -Connection $connection -ErrorAction Stop } | Should -Be 'PermissionDenied'
        Add-MedatarunActorRole runbook manager
        Disable-MedatarunActor runbook
        Get-Refusal { Get-MedatarunUser -Current -Connection $connection } | Should -Be 'InvalidToken'
        Get-Refusal { New-MedatarunApiToken dead -User runbook -ErrorAction Stop } | Should -Be 'PrincipalDisabled'
        Enable-MedatarunActor runbook
        (Get-MedatarunUser -Current -Connection $connection).UserName | Should -Be 'runbook'
        (Get-MedatarunUser plain.user | New-MedatarunApiToken 'for plain').UserName | Should -Be 'plain.user'
        (Get-MedatarunActor runbook | New-MedatarunApiToken 'for an actor').UserName | Should -Be 'runbook'
    }

    It 'comes from rows, and a bad row fails alone' {
        $rows = 'Name,User,Permission', 'row one,runbook,user_read;group_manage', 'row two,nobody,', 'row three,,user_read' | ConvertFrom-Csv
        $made = $rows | New-MedatarunApiToken -ErrorAction SilentlyContinue -ErrorVariable failed
        $made.UserName | Should -Be @('runbook', 'admin')
        $made[0].Permissions | Should -Be @('user_read', 'group_manage')
        $failed.Count | Should -Be 1
        Get-ErrorId $failed | Should -Be 'ActorNotFound'
        $failed[0].TargetObject | Should -Be 'row two'
    }

    It 'stands for authority and not for the account' {
        $connection = Connect-With (New-MedatarunApiToken account).Token
        Get-Refusal { New-MedatarunApiToken more -Connection $connection -ErrorAction Stop } | Should -Be 'SessionRequired'
        $password = ConvertTo-Secret $secrets.Password
        Get-Refusal { Set-MedatarunUserPassword -OldPassword $password -NewPassword $password -Connection $connection -ErrorAction Stop } | Should -Be 'SessionRequired'
    }

    It 'is only forgotten by Disconnect-Medatarun, which says so when asked' {
        $token = New-MedatarunApiToken kept
        Connect-Medatarun $test.Url -AccessToken $token.Token
        $said = Disconnect-Medatarun -Verbose 4>&1 | Out-String
        Get-MedatarunContext | Should -BeNullOrEmpty
        $test.Admin | Connect-Medatarun
        $said | Should -Match 'API token'
        (Get-MedatarunUser -Current -Connection (Connect-With $token.Token)).UserName | Should -Be 'admin'
    }
}

Describe 'A list of API tokens' {
    It 'is one''s own, somebody''s, or everybody''s' {
        New-MedatarunApiToken listed -User plain.user | Out-Null
        (Get-MedatarunApiToken).UserName | Select-Object -Unique | Should -Be 'admin'
        (Get-MedatarunApiToken -User plain.user).Name | Should -Contain 'listed'
        (Get-MedatarunUser plain.user | Get-MedatarunApiToken).UserName | Select-Object -Unique | Should -Be 'plain.user'
        (Get-MedatarunServiceAccount runbook | Get-MedatarunApiToken).UserName | Select-Object -Unique | Should -Be 'runbook'
        (Get-MedatarunApiToken -All).UserName | Sort-Object -Unique | Should -Be @('admin', 'plain.user', 'runbook')
    }

    It 'is narrowed by name, and a name that none has is an ObjectNotFound' {
        New-MedatarunApiToken 'Deploy [blue]' | Out-Null
        (Get-MedatarunApiToken 'deploy*').Name | Should -Be 'Deploy [blue]'
        (Get-MedatarunApiToken 'deploy [BLUE]').Name | Should -Be 'Deploy [blue]'
        Get-MedatarunApiToken 'zz*' -ErrorAction Stop | Should -BeNullOrEmpty
        $found = Get-MedatarunApiToken 'no such', 'deploy*' -ErrorAction SilentlyContinue -ErrorVariable failed
        $found.Name | Should -Be 'Deploy [blue]'
        Get-ErrorId $failed | Should -Be 'ApiTokenNotFound'
        $failed[0].TargetObject | Should -Be 'no such'
    }

    It 'shows when a token was last used' {
        $token = New-MedatarunApiToken used
        (Get-MedatarunApiToken used).LastUsedAt | Should -BeNullOrEmpty
        $null = Get-MedatarunUser -Current -Connection (Connect-With $token.Token)
        (Get-MedatarunApiToken used).LastUsedAt | Should -BeGreaterOrEqual $token.CreatedAt
    }

    It 'is kept apart from that of sessions' {
        $token = New-MedatarunApiToken apart -User plain.user
        $null = Connect-With $token.Token
        (Get-MedatarunSession -All).Id | Should -Not -Contain $token.Id
        (Get-MedatarunApiToken -All).Id | Should -Contain $token.Id
    }

    It 'fits a narrow terminal, and shows no value' {
        New-MedatarunApiToken ('long name ' * 9) -Permission user_read, group_manage, role_manage -ExpiresIn 1.00:00:00 | Out-Null
        $lines = Get-MedatarunApiToken | Out-String -Width 80 -Stream
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        $lines -join "`n" | Should -Match '\(all\)'
    }

    It 'is read a page at a time, and no further than it is wanted' {
        $endless = New-StubServer
        try {
            $endless.AnswerOnly('/api/auth/api_token_list', 200, '{"items":[' + (Get-ApiTokenJson one) + ',' + (Get-ApiTokenJson two) + '],"next":"more"}')
            $context = Connect-Medatarun $endless.Url -AccessToken (ConvertTo-Secret $secrets.Token) -PassThru
            $endless.Forget()
            @(Get-MedatarunApiToken -Connection $context | Select-Object -First 1).Count | Should -Be 1
            $endless.Requests.Count | Should -Be 1
            @(Get-MedatarunApiToken two -Connection $context | Select-Object -First 2).Count | Should -Be 2
            $endless.Requests.Count | Should -Be 3
        }
        finally {
            $test.Admin | Connect-Medatarun
            $endless.Dispose()
        }
    }
}

Describe 'A revoked API token' {
    It 'is refused at the next request, and revoking it again is no error' {
        $token = New-MedatarunApiToken gone
        $connection = Connect-With $token.Token
        $token | Revoke-MedatarunApiToken -ErrorAction Stop
        Get-Refusal { Get-MedatarunUser -Current -Connection $connection } | Should -Be 'InvalidToken'
        (Test-MedatarunConnection -Connection $connection -Detailed).Reason | Should -Be 'InvalidToken'
        Revoke-MedatarunApiToken $token.Id -ErrorAction Stop
        Get-MedatarunApiToken gone -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'cannot connect, and leaves the connection before in place' {
        $token = New-MedatarunApiToken refused
        $token | Revoke-MedatarunApiToken
        Get-Refusal { Connect-Medatarun $test.Url -AccessToken $token.Token } | Should -Be 'InvalidToken'
        (Get-MedatarunContext).UserName | Should -Be 'admin'
        Test-MedatarunConnection | Should -BeTrue
    }

    It 'that is not there is an ObjectNotFound, and the others go on' {
        $token = New-MedatarunApiToken mine
        'no-token', $token.Id | Revoke-MedatarunApiToken -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Count | Should -Be 1
        Get-ErrorId $failed | Should -Be 'ApiTokenNotFound'
        Get-MedatarunApiToken mine -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'ends a pipeline in the middle' {
        $token = New-MedatarunApiToken middle
        $connection = Connect-With $token.Token
        $seen = [Collections.Generic.List[string]]::new()
        $refusal = Get-Refusal {
            1..5 | ForEach-Object { if ($_ -eq 3) { $token | Revoke-MedatarunApiToken -Connection $test.Admin }; 'admin' } |
                Get-MedatarunUser -Connection $connection -ErrorAction SilentlyContinue | ForEach-Object { $seen.Add($_.UserName) }
        }
        $refusal | Should -Be 'InvalidToken'
        $seen.Count | Should -Be 2
    }
}

Describe 'A script with an API token in its environment' {
    It 'works with no Connect, as the owner, within the permissions, until the token is revoked' {
        $token = New-MedatarunApiToken 'a job' -User runbook -Permission user_manage
        $value = Get-Text $token.Token
        $job = '"I am $((Get-MedatarunContext).UserName)."; "I see $((Get-MedatarunUser admin).FullName)."; "The end."'
        $run = Invoke-Job $value $job
        $run.ExitCode | Should -Be 0
        $run.Output | Should -Match 'I am runbook\.\s+I see Administrator\.\s+The end\.'
        (Invoke-Job $value 'New-MedatarunGroup shadow').Output | Should -Match "group_manage"

        $token | Revoke-MedatarunApiToken
        $run = Invoke-Job $value $job
        $run.ExitCode | Should -Be 1
        $run.Output | Should -Not -Match 'Administrator|(?m)^The end'
        $run = Invoke-Job $value "try { Get-MedatarunUser } catch { `$_.FullyQualifiedErrorId; exit 3 }"
        $run.ExitCode | Should -Be 3
        $run.Output | Should -BeLike 'InvalidToken,*'
        $run.Output | Should -Not -BeLike "*$value*"
    }

    It 'is told by Test-MedatarunConnection what is wrong' {
        $token = New-MedatarunApiToken told
        $value = Get-Text $token.Token
        (Invoke-Job $value '(Test-MedatarunConnection -Detailed).UserName; (Get-MedatarunContext).Source').Output | Should -Match 'admin\s+Environment'
        $token | Revoke-MedatarunApiToken
        (Invoke-Job $value '(Test-MedatarunConnection -Detailed).Reason').Output.Trim() | Should -Be 'InvalidToken'
    }
}
