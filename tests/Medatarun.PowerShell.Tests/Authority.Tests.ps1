#Requires -Version 7.6
# Who may do what, on a real server: two administrators, a delegated one with a role of their own, and a user.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $secrets = Get-Sentinel
    $password = ConvertTo-Secret $secrets.Password
    $test = Start-TestServer
    $test.Admin | Connect-Medatarun

    function Connect-As([string] $UserName) {
        $mine = Get-MedatarunContext
        try { Connect-Medatarun $test.Url (New-TestCredential $UserName) -PassThru }
        finally { $mine | Connect-Medatarun }
    }
    function Get-Completion([string] $Line) {
        # The first key press may come before the answer.
        $patience = [Diagnostics.Stopwatch]::StartNew()
        do { $found = @((TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText) }
        until ($found -or $patience.Elapsed.TotalSeconds -gt 20)
        $found
    }

    New-MedatarunUser second.admin 'Second Admin' -Password $password -Role admin | Out-Null
    New-MedatarunRole delegates -Permission user_manage | Out-Null
    New-MedatarunUser del.egate 'Del Egate' -Password $password -Role delegates | Out-Null
    New-MedatarunUser plain.user 'Plain User' -Password $password | Out-Null
    $second = Connect-As second.admin
    $delegate = Connect-As del.egate
    $plain = Connect-As plain.user
}

AfterAll {
    try { Disconnect-Medatarun } catch { $null = $_ }
    $test.Server | Stop-MedatarunServer
}

Describe 'Delegated authority' {
    It 'is given by a role, offered by completion, taken away, and gone with the next call' {
        { Get-MedatarunUser plain.user -Connection $plain -ErrorAction Stop } | Should -Throw -ErrorId 'PermissionDenied,*' -ExpectedMessage '*user_read*'
        New-MedatarunRole walked.role -DisplayName 'Walked' -Connection $second | Out-Null
        Get-Completion 'Add-MedatarunActorRole plain.user -Role walk' | Should -Be 'walked.role'
        Add-MedatarunRolePermission walked.role -Permission user_read -Connection $second
        Get-MedatarunUser plain.user | Add-MedatarunActorRole -Role walked.role
        (Get-MedatarunUser plain.user -Connection $plain).Roles | Should -Be 'walked.role'

        Remove-MedatarunActorRole plain.user walked.role -Confirm:$false -Connection $second
        { Get-MedatarunUser plain.user -Connection $plain -ErrorAction Stop } | Should -Throw -ErrorId 'PermissionDenied,*'
        Get-MedatarunRole walked.role | Remove-MedatarunRole -Confirm:$false
        (TabExpansion2 'Get-MedatarunRole -Identity walk').CompletionMatches.CompletionText | Should -Not -Contain 'walked.role'
    }

    It 'lets a delegate manage users, and nobody who holds more' {
        New-MedatarunUser made.by 'Made By' -Password $password -Connection $delegate -ErrorAction Stop | Out-Null
        { Disable-MedatarunUser second.admin -Connection $delegate -ErrorAction Stop } | Should -Throw -ErrorId 'ExceedsAuthority,*'
        { Add-MedatarunActorRole made.by admin -Connection $delegate -ErrorAction Stop } | Should -Throw -ErrorId 'ExceedsAuthority,*'
        { New-MedatarunRole mine -Connection $delegate -ErrorAction Stop } | Should -Throw -ErrorId 'PermissionDenied,*' -ExpectedMessage '*role_manage*'
        { New-MedatarunGroup mine -Connection $delegate -ErrorAction Stop } | Should -Throw -ErrorId 'PermissionDenied,*' -ExpectedMessage '*group_manage*'
    }

    It 'tells operators from users' {
        (Get-MedatarunUser -Type Operator).UserName | Should -Be @('admin', 'second.admin')
        (Get-MedatarunUser -Type User).UserName | Should -Contain 'del.egate'
        (Get-MedatarunActor -Type operator -Kind user).Subject | Should -Be @('admin', 'second.admin')
        (Get-MedatarunActor -Kind system).Kind | Should -Be 'system'
        (Get-MedatarunUser second.admin).Type | Should -Be 'Operator'
    }
}

Describe 'A role' {
    It 'is made, changed and removed, by key, id and object' {
        $role = New-MedatarunRole life.cycle -Description 'One' -Permission user_manage
        $role.DisplayName, $role.Description, "$($role.Permissions)", "$($role.ImpliedPermissions)" | Should -Be @('life.cycle', 'One', 'user_manage', 'user_read')
        ($role.Id | Set-MedatarunRole -DisplayName 'Life' -Description '' -PassThru).DisplayName | Should -Be 'Life'
        (Get-MedatarunRole life.cycle).Description | Should -BeExactly ''
        ($role | Set-MedatarunRole -NewKey life.new -PassThru).Key | Should -Be 'life.new'
        (Remove-MedatarunRolePermission life.new user_manage -PassThru -Confirm:$false).Permissions.Count | Should -Be 0
        (Get-MedatarunRole life.n* | Remove-MedatarunRole -PassThru -Confirm:$false).Id | Should -Be $role.Id
    }

    It 'goes round by Get and Set, by objects and by files' {
        $file = Join-Path $TestDrive 'roles.csv'
        New-MedatarunRole round.role -DisplayName 'Round' -Description 'Goes round' -Permission user_read | Export-Csv $file
        Get-MedatarunRole | Set-MedatarunRole -ErrorAction Stop
        Import-Csv $file | Set-MedatarunRole -ErrorAction Stop
        Remove-MedatarunRole round.role -Confirm:$false
        "$((Import-Csv $file | New-MedatarunRole).Permissions)" | Should -Be 'user_read'
        (Import-Csv $file | New-MedatarunRole -IfNotExists -ErrorAction Stop).Key | Should -Be 'round.role'
        { Import-Csv $file | New-MedatarunRole -ErrorAction Stop } | Should -Throw -ErrorId 'RoleAlreadyExists,*'
    }

    It 'comes by itself when a file says so, and not when it says nothing' {
        [pscustomobject]@{ Key = 'reader'; AutoAssign = 'yes' } | Set-MedatarunRole
        try {
            [pscustomobject]@{ Key = 'reader'; AutoAssign = '' } | Set-MedatarunRole
            (New-MedatarunUser auto.role 'Auto Role' -Password $password).Roles | Should -Be 'reader'
        }
        finally { Set-MedatarunRole reader -AutoAssign $false }
        (Get-MedatarunRole reader).AutoAssign | Should -BeFalse
        { [pscustomobject]@{ Key = 'reader'; AutoAssign = 'perhaps' } | Set-MedatarunRole -ErrorAction Stop } | Should -Throw '*neither true nor false*'
    }

    It 'of the product stays as it is' {
        { Set-MedatarunRole admin -Description X -ErrorAction Stop } | Should -Throw -ErrorId 'Managed,*'
        { Remove-MedatarunRole admin -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'Managed,*'
    }

    It 'stays with a user who goes round by Get and Set' {
        New-MedatarunUser two.roles 'Two Roles' -Password $password -Role reader -Email two@example.org | Out-Null
        Add-MedatarunActorRole two.roles -Role manager
        Get-MedatarunUser two.roles | Set-MedatarunUser -FullName 'Still Two' -ErrorAction Stop
        (Get-MedatarunUser two.roles).Roles | Should -Be @('manager', 'reader')
        (Set-MedatarunUser two.roles -Role reader -PassThru).Roles | Should -Be 'reader'
    }
}

Describe 'What is not there' {
    It 'is an ObjectNotFound, and the others go on: <What>' -ForEach @(
        @{ What = 'a role of an actor'; Id = 'AssignmentNotFound'; Script = { 'second.admin', 'plain.user' | Remove-MedatarunActorRole -Role reader -Confirm:$false }
            Before = { Add-MedatarunActorRole plain.user reader }; After = { (Get-MedatarunUser plain.user).Roles } }
        @{ What = 'an actor'; Id = 'ActorNotFound'; Script = { 'nobody', 'plain.user' | Remove-MedatarunActorRole -Role reader -Confirm:$false }
            Before = { Add-MedatarunActorRole plain.user reader }; After = { (Get-MedatarunUser plain.user).Roles } }
        @{ What = 'a role'; Id = 'RoleNotFound'; Script = { 'no.role', 'to.go' | Remove-MedatarunRole -Confirm:$false }
            Before = { New-MedatarunRole to.go | Out-Null }; After = { Get-MedatarunRole to.g* } }
        @{ What = 'a permission of a role'; Id = 'AssignmentNotFound'; Script = { Remove-MedatarunRolePermission keeps user_manage, user_read -Confirm:$false }
            Before = { New-MedatarunRole keeps -IfNotExists -Permission user_read | Out-Null }; After = { (Get-MedatarunRole keeps).Permissions } }
        @{ What = 'a permission'; Id = 'PermissionNotFound'; Script = { 'no_such', 'to_go' | Unregister-MedatarunPermission }
            Before = { Register-MedatarunPermission to_go | Out-Null }; After = { Get-MedatarunPermission to_g* } }
        @{ What = 'a group'; Id = 'GroupNotFound'; Script = { 'no.group', 'to.go' | Remove-MedatarunGroup -Confirm:$false }
            Before = { New-MedatarunGroup to.go | Out-Null }; After = { Get-MedatarunGroup to.g* } }
        @{ What = 'a member of a group'; Id = 'AssignmentNotFound'; Script = { 'second.admin', 'plain.user' | Remove-MedatarunGroupMember leaving -Confirm:$false }
            Before = { New-MedatarunGroup leaving -IfNotExists | Add-MedatarunGroupMember -Member plain.user }; After = { Get-MedatarunUser -Group leaving } }
        @{ What = 'a service account'; Id = 'ServiceAccountNotFound'; Script = { 'no-bot', 'bot-to-go' | Remove-MedatarunServiceAccount -Confirm:$false }
            Before = { New-MedatarunServiceAccount bot-to-go | Out-Null }; After = { Get-MedatarunServiceAccount bot-to-* } }
    ) {
        & $Before
        & $After | Should -Not -BeNullOrEmpty
        $failed = @(& { $ErrorActionPreference = 'Continue'; & $Script } 2>&1)
        $failed.Count | Should -Be 1
        Get-ErrorId $failed | Should -Be $Id
        $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        & $After | Should -BeNullOrEmpty
    }

    It 'is said for what is shown, too' {
        foreach ($command in 'Get-MedatarunRole', 'Get-MedatarunGroup', 'Get-MedatarunPermission', 'Get-MedatarunServiceAccount', 'Get-MedatarunActor') {
            & $command not.there -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
            $failed.Count | Should -Be 1
            $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        }
        'not.there', 'admin' | Get-MedatarunRole -ErrorAction SilentlyContinue | ForEach-Object Key | Should -Be 'admin'
    }
}

Describe 'A group' {
    It 'gets members from the pipeline, groups from the pipeline, and both from rows' {
        New-MedatarunGroup first -Role reader | Out-Null
        New-MedatarunGroup other | Out-Null
        ($plain.UserName, 'del.egate' | Add-MedatarunGroupMember first -PassThru)[-1].MemberCount | Should -Be 2
        (Get-MedatarunUser plain.user).Groups | Should -Contain 'first'
        (Get-MedatarunUser plain.user).Roles | Should -Contain 'reader'
        Get-MedatarunGroup first, other | Add-MedatarunGroupMember -Member (Get-MedatarunUser second.admin)
        (Get-MedatarunUser -Group other).UserName | Should -Be 'second.admin'
        [pscustomobject]@{ Group = 'other'; UserName = 'del.egate' } | Add-MedatarunGroupMember -ErrorAction Stop
        (Get-MedatarunUser -Group other).UserName | Should -Be @('del.egate', 'second.admin')
        Get-MedatarunUser -Group other | Remove-MedatarunGroupMember other -Confirm:$false
        (Get-MedatarunGroup other).MemberCount | Should -Be 0
    }

    It 'carries roles, and loses them at once' {
        New-MedatarunGroup carries | Add-MedatarunGroupMember -Member plain.user
        (Add-MedatarunGroupRole carries manager -PassThru).Roles | Should -Be 'manager'
        (Get-MedatarunUser plain.user -Connection $plain).Roles | Should -Contain 'manager'
        Get-MedatarunGroup carries | Remove-MedatarunGroupRole -Role manager -Confirm:$false
        (Get-MedatarunUser plain.user).Roles | Should -Not -Contain 'manager'
    }

    It 'goes round' {
        $file = Join-Path $TestDrive 'groups.csv'
        New-MedatarunGroup round.group -Description 'Round' -Role reader | Export-Csv $file
        Import-Csv $file | Set-MedatarunGroup -ErrorAction Stop
        (Get-MedatarunGroup round.group | Set-MedatarunGroup -NewKey round.new -Description $null -PassThru).Description | Should -BeExactly ''
        (Get-MedatarunGroup round.new | Remove-MedatarunGroup -PassThru -Confirm:$false).Key | Should -Be 'round.new'
        "$((Import-Csv $file | New-MedatarunGroup).Roles)" | Should -Be 'reader'
    }

    It 'is given to users by name, and by a column of a file' {
        New-MedatarunGroup staff | Out-Null
        $made = [pscustomobject]@{ UserName = 'in.groups'; FullName = 'In Groups'; Password = $secrets.Password; Groups = 'staff;other' } | New-MedatarunUser
        $made.Groups | Should -Be @('other', 'staff')
        (Set-MedatarunUser in.groups -Group (Get-MedatarunGroup staff) -PassThru).Groups | Should -Be 'staff'
        (Set-MedatarunUser in.groups -Group @() -PassThru).Groups.Count | Should -Be 0
    }
}

Describe 'A permission' {
    It 'is registered, implied, shown and deleted' {
        (Register-MedatarunPermission model_read -Category models -Description 'Reads').Category | Should -Be 'models'
        (Register-MedatarunPermission model_write -Implies (Get-MedatarunPermission model_read)).Implies | Should -Be 'model_read'
        (Get-MedatarunPermission model_*).Key | Should -Be @('model_read', 'model_write')
        (Register-MedatarunPermission model_read -IfNotExists -ErrorAction Stop).Description | Should -Be 'Reads'
        { Register-MedatarunPermission model_loop -Implies model_loop -ErrorAction Stop } | Should -Throw -ErrorId 'PermissionCycle,*'
        (New-MedatarunRole modeller -Permission model_write).ImpliedPermissions | Should -Be 'model_read'
        Get-MedatarunPermission model_write | Unregister-MedatarunPermission
        (Get-MedatarunRole modeller).Permissions.Count | Should -Be 0
        { Unregister-MedatarunPermission admin -ErrorAction Stop } | Should -Throw -ErrorId 'Managed,*'
    }

    It 'that does not exist is reported for its row, and the role has the others' {
        $role = New-MedatarunRole half.full -Permission user_read, no_such -ErrorAction SilentlyContinue -ErrorVariable failed
        $role.Permissions | Should -Be 'user_read'
        Get-ErrorId $failed | Should -Be 'PermissionNotFound'
        $failed[0].TargetObject | Should -Be 'half.full'
        "$($failed[0])" | Should -BeExactly "There is no permission 'no_such'."
    }
}

Describe 'A service account' {
    It 'is made, owned, given a role, disabled, enabled and removed' {
        $bot = New-MedatarunServiceAccount ci-bot 'Nightly build' -Owner plain.user -Role reader
        $bot.Name, $bot.FullName, $bot.Owner, "$($bot.Roles)" | Should -Be @('ci-bot', 'Nightly build', 'plain.user', 'reader')
        (New-MedatarunServiceAccount ci-bot -IfNotExists -ErrorAction Stop).Id | Should -Be $bot.Id
        { New-MedatarunServiceAccount plain.user -IfNotExists -ErrorAction Stop } | Should -Throw -ErrorId 'UserAlreadyExists,*'
        ($bot | Add-MedatarunActorRole -Role manager -PassThru).Roles | Should -Be @('manager', 'reader')
        ($bot | Disable-MedatarunActor -PassThru).Disabled | Should -BeTrue
        (Get-MedatarunActor -Kind service | Enable-MedatarunActor -PassThru).Disabled | Should -BeFalse
        (Get-MedatarunActor ci-bot).Owner | Should -Be 'plain.user'
        (Get-MedatarunServiceAccount ci-* | Remove-MedatarunServiceAccount -PassThru -Confirm:$false).Name | Should -Be 'ci-bot'
        Get-MedatarunServiceAccount ci-* | Should -BeNullOrEmpty
    }
}

Describe 'An actor' {
    It 'is disabled by name, object and deserialized object, and the user with it' {
        New-MedatarunUser off.on 'Off On' -Password $password | Out-Null
        Disable-MedatarunActor off.on
        (Get-MedatarunUser off.on).Disabled | Should -BeTrue
        Get-MedatarunUser off.on | Enable-MedatarunActor
        (Get-MedatarunUser off.on).Disabled | Should -BeFalse
        $read = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-MedatarunActor off.on)))
        ($read | Disable-MedatarunActor -PassThru).Disabled | Should -BeTrue
        { Disable-MedatarunActor admin -ErrorAction Stop } | Should -Throw -ErrorId 'NotYourself,*'
    }
}

Describe 'Any operation' {
    It 'may be named with its group: <_>' -ForEach 'whoami', 'auth/whoami', 'auth whoami' {
        (Invoke-MedatarunApi $_).username | Should -Be 'admin'
    }
}

Describe '-WhatIf of <Line>' -ForEach @(
    'Enable-MedatarunActor a -PassThru', 'Disable-MedatarunActor a -PassThru', 'Add-MedatarunActorRole a b -PassThru', 'Remove-MedatarunActorRole a b -PassThru'
    'New-MedatarunRole aa -Permission b', 'Set-MedatarunRole aa -NewKey b -PassThru', 'Remove-MedatarunRole aa -PassThru'
    'Add-MedatarunRolePermission a b -PassThru', 'Remove-MedatarunRolePermission a b -PassThru'
    'Register-MedatarunPermission aa', 'Unregister-MedatarunPermission aa'
    'New-MedatarunGroup aa -Role b', 'Set-MedatarunGroup aa -NewKey b -PassThru', 'Remove-MedatarunGroup aa -PassThru'
    'Add-MedatarunGroupMember a b -PassThru', 'Remove-MedatarunGroupMember a b -PassThru', 'Add-MedatarunGroupRole a b -PassThru', 'Remove-MedatarunGroupRole a b -PassThru'
    'New-MedatarunServiceAccount aaa', 'Remove-MedatarunServiceAccount aaa -PassThru'
).ForEach{ @{ Line = $_ } } {
    BeforeAll { $stub = New-StubServer }
    AfterAll { $stub.Dispose() }

    It 'sends nothing and returns nothing' {
        $mine = Get-MedatarunContext
        try {
            Connect-Stub $stub
            & ([scriptblock]::Create("$Line -WhatIf")) 6>$null | Should -BeNullOrEmpty
            $stub.Requests | Should -BeNullOrEmpty
        }
        finally { $mine | Connect-Medatarun }
    }
}

Describe 'A table' {
    It 'fits in 80 columns: <_>' -ForEach 'Get-MedatarunUser', 'Get-MedatarunActor', 'Get-MedatarunRole', 'Get-MedatarunGroup', 'Get-MedatarunPermission' {
        $lines = (& $_ | Out-String -Width 200) -replace '\e\[[\d;]*m' -split '\r?\n'
        ($lines | ForEach-Object { $_.TrimEnd().Length } | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}
