#Requires -Version 7.6
# The main job, on a real server: its first administrator, users, and what happens to them.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $secrets = Get-Sentinel
    $test = Start-TestServer
    $test.Admin | Connect-Medatarun
    $password = ConvertTo-Secret $secrets.Password

    # Another sign-in, beside the administrator's.
    function Connect-As([string] $UserName, [string] $Text = $secrets.Password) {
        $mine = Get-MedatarunContext
        try { Connect-Medatarun $test.Url (New-TestCredential $UserName $Text) -PassThru }
        finally { $mine | Connect-Medatarun }
    }
}

AfterAll {
    try { Disconnect-Medatarun } catch { $null = $_ }
    $test.Server | Stop-MedatarunServer
}

Describe 'The first administrator' {
    It 'is who was named, and signed in' {
        $context = Get-MedatarunContext
        $context.UserName, $context.FullName, $context.Type, $context.Source | Should -Be @('admin', 'Administrator', 'Operator', 'Bootstrap')
        $context.ExpiresAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
    }

    It 'is made once' {
        { Initialize-MedatarunAdmin $test.Url (New-TestCredential second) -BootstrapSecret (ConvertTo-Secret $secrets.Bootstrap) -ErrorAction Stop } |
            Should -Throw -ErrorId 'BootstrapAlreadyConsumed,*'
    }

    It 'is explained when a server has no secret any more' {
        { Initialize-MedatarunAdmin $test.Url (New-TestCredential second) -BootstrapSecret $null -ErrorAction Stop } |
            Should -Throw -ErrorId 'BootstrapSecretMissing,*'
    }

    It 'cannot disable, delete or demote themselves, being the last one' {
        Disable-MedatarunUser admin -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-ErrorId $failed | Should -Be 'NotYourself'
        Remove-MedatarunUser admin -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-ErrorId $failed | Should -Be 'NotYourself'
        Set-MedatarunUser admin -Role '' -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-ErrorId $failed | Should -Be 'LastAdmin'
    }
}

Describe 'A user' {
    It 'is made, shown, changed, disabled, enabled and removed' {
        $made = New-MedatarunUser mary.major 'Mary Major' -Password $password -Email mary@example.org
        $made.UserName, $made.FullName, $made.Email, $made.Admin, $made.Disabled | Should -Be @('mary.major', 'Mary Major', 'mary@example.org', $false, $false)
        (Get-MedatarunUser $made.Id).UserName | Should -Be 'mary.major'

        ($made | Set-MedatarunUser -FullName 'Mary Minor' -PassThru).FullName | Should -Be 'Mary Minor'
        (Get-MedatarunUser mary.major).Email | Should -Be 'mary@example.org'
        Set-MedatarunUser mary.major -Email ''
        (Get-MedatarunUser mary.major).Email | Should -BeNullOrEmpty

        ($made | Disable-MedatarunUser -PassThru | Enable-MedatarunUser -PassThru).Disabled | Should -BeFalse
        Disable-MedatarunUser mary.major
        Disable-MedatarunUser mary.major -ErrorAction Stop
        (Get-MedatarunUser -Disabled).UserName | Should -Contain 'mary.major'
        (Get-MedatarunUser -Disabled:$false).UserName | Should -Not -Contain 'mary.major'

        (Remove-MedatarunUser mary.major -Confirm:$false -PassThru).UserName | Should -Be 'mary.major'
        Get-MedatarunUser mary.major -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-ErrorId $failed | Should -Be 'UserNotFound'
        New-MedatarunUser mary.major 'Mary' -Password $password -IfNotExists -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-ErrorId $failed | Should -Be 'UserAlreadyExists'
    }

    It 'is out at once when disabled' {
        New-MedatarunUser shown.out 'Shown Out' -Password $password | Out-Null
        $theirs = Connect-As shown.out
        (Get-MedatarunUser -Current -Connection $theirs).UserName | Should -Be 'shown.out'
        Disable-MedatarunUser shown.out
        { Get-MedatarunUser -Current -Connection $theirs } | Should -Throw -ErrorId 'InvalidToken,*'
        (Test-MedatarunConnection -Connection $theirs -Detailed).Reason | Should -Be 'InvalidToken'
        { New-MedatarunToken $test.Url (New-TestCredential shown.out) } | Should -Throw -ErrorId 'BadCredentials,*'
    }

    It 'may see themselves, and no one else' {
        New-MedatarunUser plain.user 'Plain User' -Password $password | Out-Null
        $theirs = Connect-As plain.user
        $current = Get-MedatarunUser -Current -Connection $theirs
        $current.Type, $current.Admin | Should -Be @('User', $false)
        'admin', 'plain.user' | Get-MedatarunUser -Connection $theirs -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Count | Should -Be 2
        Get-ErrorId $failed | Should -Be 'PermissionDenied'
    }

    It 'changes their own password with the old one' {
        New-MedatarunUser own.password 'Own Password' -Password $password | Out-Null
        $theirs = Connect-As own.password
        $new = ConvertTo-Secret $secrets.NewPassword
        Set-MedatarunUserPassword -OldPassword $new -NewPassword $new -Connection $theirs -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-ErrorId $failed | Should -Be 'BadOldPassword'
        (Set-MedatarunUserPassword -OldPassword $password -NewPassword $new -Connection $theirs -PassThru).UserName | Should -Be 'own.password'
        Test-MedatarunConnection -Connection (Connect-As own.password $secrets.NewPassword) | Should -BeTrue
        Set-MedatarunUserPassword own.password -NewPassword $password
        Test-MedatarunConnection -Connection $theirs | Should -BeFalse
    }

    It 'may be an administrator by a switch or by a role' {
        (New-MedatarunUser by.switch 'By Switch' -Password $password -Admin).Admin | Should -BeTrue
        New-MedatarunUser by.role 'By Role' -Password $password | Out-Null
        (Set-MedatarunUser by.role -Role admin -PassThru).Admin | Should -BeTrue
        (Set-MedatarunUser by.role -Role $null -PassThru).Admin | Should -BeFalse
        (Get-MedatarunUser -Role admin).UserName | Should -Be @('admin', 'by.switch')
    }

    It 'is found by <What>' -ForEach @(
        @{ What = 'a wildcard'; Script = { Get-MedatarunUser 'zoë*', 'adm?n' }; Found = 'admin' }
        @{ What = 'a search in names'; Script = { Get-MedatarunUser -Search administrator }; Found = 'admin' }
    ) {
        (& $Script).UserName | Should -Be $Found
    }
}

Describe 'A name' {
    It 'of any script comes back as it was: <FullName>' -ForEach @(
        @{ UserName = 'u.one'; FullName = "Zoë Ångström-O’Neill" }, @{ UserName = 'u.two'; FullName = '李伟' }
        @{ UserName = 'u.three'; FullName = 'Анна Щербакова' }, @{ UserName = 'u.four'; FullName = "D'Arcy, Jr." }
        @{ UserName = 'u.five'; FullName = 'محمد علي' }, @{ UserName = 'u.six'; FullName = 'சுந்தர்' }
    ) {
        New-MedatarunUser $UserName $FullName -Password $password | Out-Null
        (Get-MedatarunUser $UserName).FullName | Should -BeExactly $FullName
    }

    It 'that breaks the rules is refused: <UserName> / <FullName>' -ForEach @(
        @{ UserName = 'star*'; FullName = 'X'; Id = 'BadUsername' }, @{ UserName = '[ab]'; FullName = 'X'; Id = 'BadUsername' }
        @{ UserName = 'Upper'; FullName = 'X'; Id = 'BadUsername' }, @{ UserName = 'ok.name'; FullName = 'a"b'; Id = 'BadFullname' }
        @{ UserName = 'ok.name'; FullName = '[x]'; Id = 'BadFullname' }, @{ UserName = 'ok.name'; FullName = '*'; Id = 'BadFullname' }
    ) {
        New-MedatarunUser $UserName $FullName -Password $password -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        Get-ErrorId $failed | Should -Be $Id
        $failed[0].TargetObject | Should -Be $UserName
    }
}

Describe 'A file of users' {
    It 'is imported, and its bad rows do not stand in the way' {
        $file = Join-Path $TestDrive 'users.csv'
        @(
            'UserName,FullName,Password,Email,Admin,Disabled'
            'csv.one,"Ünal, Çağla","Umbra,birch-4017",one@example.org,no,no'
            'csv.two,Bad Flag,Umbra-birch-4017,,perhaps,no'
            'csv.three,Short Password,short,,,'
            'csv.one,Again,Umbra-birch-4017,,,'
            'csv.four,Same Mail,Umbra-birch-4017,ONE@example.org,,'
            'csv.five,"D""Quote",Umbra-birch-4017,,,'
            'csv.six,Disabled,"""Quoted"" kestrel 3671",,0,1'
        ) | Set-Content $file
        $made = Import-Csv $file | New-MedatarunUser -ErrorAction SilentlyContinue -ErrorVariable failed
        $made.UserName | Should -Be @('csv.one', 'csv.six')
        $made[1].Disabled | Should -BeTrue
        $failed.ForEach{ Get-ErrorId $_ } | Should -Be @('ParameterArgumentTransformationError', 'BadPassword', 'UserAlreadyExists', 'EmailAlreadyUsed', 'BadFullname')
        (New-MedatarunToken $test.Url (New-TestCredential csv.one 'Umbra,birch-4017')).UserName | Should -Be 'csv.one'
    }

    It 'can be imported again with -IfNotExists' {
        $rows = 'again.one', 'again.two' | ForEach-Object { [pscustomobject]@{ UserName = $_; FullName = 'Again'; Password = $secrets.Password } }
        $rows | New-MedatarunUser | Out-Null
        ($rows | New-MedatarunUser -IfNotExists -ErrorAction Stop).UserName | Should -Be @('again.one', 'again.two')
    }

    It 'goes round by Export-Csv and Import-Csv, lists too' {
        $file = Join-Path $TestDrive 'round.csv'
        New-MedatarunUser round.trip 'Round Trip' -Password $password -Email round@example.org | Out-Null
        Get-MedatarunUser round.trip | Export-Csv $file
        (Import-Csv $file).Groups | Should -BeExactly ''
        Import-Csv $file | Set-MedatarunUser -ErrorAction Stop
        (Get-MedatarunUser round.trip).Email | Should -Be 'round@example.org'
    }
}

Describe 'Twenty runspaces' {
    It 'make users at once over one sign-in' {
        $manifest = Get-ManifestPath
        $text = $secrets.Password
        $made = 1..20 | ForEach-Object -ThrottleLimit 20 -Parallel {
            Import-Module $using:manifest
            New-MedatarunUser "parallel.$_" "Parallel $_" -Password (ConvertTo-SecureString $using:text -AsPlainText -Force) -ErrorAction Stop
        }
        $made.Count | Should -Be 20
        @(Get-MedatarunUser 'parallel.*').Count | Should -Be 20
    }
}

Describe 'An actor' {
    It 'is there for every user, under the same id' {
        $admin = Get-MedatarunUser admin
        $actor = $admin | Get-MedatarunActor
        $actor.Id, $actor.Subject | Should -Be @($admin.Id, 'admin')
        (Get-MedatarunActor admin).Id | Should -Be $admin.Id
        @(Get-MedatarunActor -Kind user).Count | Should -Be @(Get-MedatarunUser).Count
        Get-MedatarunActor nobody -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-ErrorId $failed | Should -Be 'ActorNotFound'
    }
}

Describe 'A session' {
    It 'ends on the server with Disconnect-Medatarun' {
        $one = Connect-As plain.user
        $one | Disconnect-Medatarun
        { Get-MedatarunUser -Current -Connection $one } | Should -Throw -ErrorId 'InvalidToken,*'
        Test-MedatarunConnection | Should -BeTrue
    }

    It 'of a token is one of its own' {
        $token = New-MedatarunToken $test.Url (New-TestCredential plain.user)
        $theirs = Connect-As plain.user
        $theirs | Disconnect-Medatarun
        Set-EnvironmentSignIn (ConvertFrom-SecureString $token.AccessToken -AsPlainText) $test.Url
        Disconnect-Medatarun
        try { (Get-MedatarunUser -Current).UserName | Should -Be 'plain.user' }
        finally {
            Clear-EnvironmentSignIn
            Connect-Medatarun $test.Url (New-TestCredential admin)
        }
    }
}

Describe 'Any operation' {
    It 'is called by name' {
        (Invoke-MedatarunApi user_get -Body @{ username = 'admin' }).fullname | Should -Be 'Administrator'
        (Invoke-MedatarunApi user_list -Body '{"limit":2}').items.Count | Should -Be 2
        @(Invoke-MedatarunApi actor_list).Count | Should -BeGreaterThan 1
        { Invoke-MedatarunApi no_such_operation -ErrorAction Stop } | Should -Throw -ErrorId 'OperationNotFound,*'
    }
}
