#Requires -Version 7.6
# Rows of a CSV, names, ids and objects: what comes by pipeline arrives at the server, or fails its own row.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $stub = New-StubServer
    function Get-LastBody { $stub.Bodies[-1] | ConvertFrom-Json }
}

AfterAll { $stub.Dispose() }

Describe 'A row of a CSV file' {
    BeforeEach { Connect-Stub $stub }

    It 'becomes a user with every column' {
        "UserName,FullName,Password,Email,Admin,Disabled,Role,Groups`na.b,A B,Secret-Text-123,a@b.c,true,yes,admin,one; two" |
            ConvertFrom-Csv | New-MedatarunUser | Out-Null
        $body = Get-LastBody
        $body.username | Should -BeExactly 'a.b'
        $body.fullname | Should -BeExactly 'A B'
        $body.password | Should -BeExactly 'Secret-Text-123'
        $body.email | Should -BeExactly 'a@b.c'
        $body.admin | Should -BeTrue
        $body.disabled | Should -BeTrue
        $body.role | Should -BeExactly 'admin'
        $body.groups | Should -Be @('one', 'two')
    }

    It 'leaves out what it leaves empty' {
        "UserName,FullName,Password,Email,Admin,Disabled,Role,Groups`na.b,A B,Secret-Text-123,,,,," | ConvertFrom-Csv | New-MedatarunUser | Out-Null
        $body = Get-LastBody
        $body.email, $body.role, $body.groups | Should -Be @($null, $null, $null)
        $body.admin, $body.disabled | Should -Be @($false, $false)
    }

    It 'reads <Text> as <Truth>' -ForEach @(
        @{ Text = 'true'; Truth = $true }, @{ Text = 'TRUE'; Truth = $true }, @{ Text = 'yes'; Truth = $true }, @{ Text = '1'; Truth = $true }
        @{ Text = 'false'; Truth = $false }, @{ Text = 'No'; Truth = $false }, @{ Text = '0'; Truth = $false }, @{ Text = ' '; Truth = $false }
    ) {
        [pscustomobject]@{ UserName = 'a.b'; FullName = 'A'; Password = 'x'; Admin = $Text } | New-MedatarunUser | Out-Null
        (Get-LastBody).admin | Should -Be $Truth
    }

    It 'takes values that are no text too' {
        [pscustomobject]@{ UserName = 'a.b'; FullName = 'A'; Password = (ConvertTo-Secret 'Hidden'); Admin = $true; Disabled = 0 } | New-MedatarunUser | Out-Null
        (Get-LastBody).password | Should -BeExactly 'Hidden'
        (Get-LastBody).admin | Should -BeTrue
        (Get-LastBody).disabled | Should -BeFalse
    }

    It 'fails alone when <Column> is <Value>, and the others go on' -ForEach @(
        @{ Column = 'Admin'; Value = 'maybe' }, @{ Column = 'Admin'; Value = 2 }, @{ Column = 'Disabled'; Value = 'nein' }
        @{ Column = 'Password'; Value = 12345 }
    ) {
        $rows = foreach ($name in 'good.one', 'bad.row', 'good.two') {
            [pscustomobject]@{ UserName = $name; FullName = 'X'; Password = 'text'; Admin = ''; Disabled = '' }
        }
        $rows[1].$Column = $Value
        $made = $rows | New-MedatarunUser -ErrorAction SilentlyContinue -ErrorVariable failed
        $made.Count | Should -Be 2
        $failed.Count | Should -Be 1
        $failed[0].TargetObject.UserName | Should -Be 'bad.row'
        $failed[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $failed[0].Exception.Message | Should -Match "parameter '$Column'"
        ($stub.Bodies | ConvertFrom-Json).username | Sort-Object | Should -Be @('good.one', 'good.two')
    }

    It 'fails alone when it has no password at all' {
        $made = @(
            [pscustomobject]@{ UserName = 'no.password'; FullName = 'X' }
            [pscustomobject]@{ UserName = 'has.one'; FullName = 'X'; Password = 'text' }
        ) | New-MedatarunUser -ErrorAction SilentlyContinue -ErrorVariable failed
        @($made).Count | Should -Be 1
        $failed.Count | Should -Be 1
        $stub.Requests.Count | Should -Be 1
    }

    It 'does not inherit from the row before' {
        @(
            [pscustomobject]@{ UserName = 'first'; FullName = 'X'; Password = 'text'; Admin = 'yes'; Email = 'a@b.c' }
            [pscustomobject]@{ UserName = 'second'; FullName = 'X'; Password = 'text' }
        ) | New-MedatarunUser | Out-Null
        $second = ($stub.Bodies | ConvertFrom-Json).Where{ $_.username -eq 'second' }
        $second.admin | Should -BeFalse
        $second.email | Should -BeNullOrEmpty
    }

    It 'changes what its columns name: an empty one clears, a missing one leaves' {
        "UserName,Email`na.b,`nc.d,c@d.e" | ConvertFrom-Csv | Set-MedatarunUser
        $first, $second = $stub.Bodies | ConvertFrom-Json
        $first.email | Should -BeExactly ''
        $second.email | Should -BeExactly 'c@d.e'
        $first.fullname, $first.role, $first.groups | Should -Be @($null, $null, $null)
    }

    It 'gives a password to its user' {
        "UserName,Password`na.b,New-Secret-123" | ConvertFrom-Csv | Set-MedatarunUserPassword
        (Get-LastBody).username | Should -BeExactly 'a.b'
        (Get-LastBody).password | Should -BeExactly 'New-Secret-123'
    }
}

Describe 'An identity' {
    BeforeEach { Connect-Stub $stub }

    It 'may be <What>' -ForEach @(
        @{ What = 'a name'; Value = 'john.doe'; Username = 'john.doe' }
        @{ What = 'an id'; Value = '0193a000-0000-7000-8000-000000000002'; Id = '0193a000-0000-7000-8000-000000000002' }
        @{ What = 'a Guid'; Value = [guid]'0193a000-0000-7000-8000-000000000002'; Id = '0193a000-0000-7000-8000-000000000002' }
        @{ What = 'an object with a UserName'; Value = [pscustomobject]@{ UserName = 'john.doe'; Id = 'x' }; Username = 'john.doe' }
        @{ What = 'an object with a Name'; Value = [pscustomobject]@{ Name = 'john.doe' }; Username = 'john.doe' }
        @{ What = 'an object with an Id alone'; Value = [pscustomobject]@{ Id = '0193a000-0000-7000-8000-000000000002' }; Id = '0193a000-0000-7000-8000-000000000002' }
    ) {
        $Value | Disable-MedatarunUser
        (Get-LastBody).username | Should -Be $Username
        (Get-LastBody).id | Should -Be $Id
        Disable-MedatarunUser -Identity $Value
        (Get-LastBody).username | Should -Be $Username
    }

    It 'may be a user, also one that was exported and read again' {
        $file = Join-Path $TestDrive 'user.xml'
        Get-MedatarunUser john.doe | Export-Clixml $file
        Import-Clixml $file | Disable-MedatarunUser
        (Get-LastBody).username | Should -Be 'john.doe'
    }

    It 'may be several, in one array or many' {
        Disable-MedatarunUser -Identity 'a.a', ([pscustomobject]@{ UserName = 'b.b' })
        , @('c.c', 'd.d') | Disable-MedatarunUser
        'e.e', 'f.f' | Disable-MedatarunUser
        ($stub.Bodies | ConvertFrom-Json).username | Should -Be @('a.a', 'b.b', 'c.c', 'd.d', 'e.e', 'f.f')
    }

    It 'has the aliases Name, UserName and Id' {
        Disable-MedatarunUser -Name a.a
        Disable-MedatarunUser -UserName b.b
        Disable-MedatarunUser -Id c.c
        ($stub.Bodies | ConvertFrom-Json).username | Should -Be @('a.a', 'b.b', 'c.c')
    }

    It 'fails alone when it is <What>, and the others go on' -ForEach @(
        @{ What = 'nothing'; Value = $null }, @{ What = 'empty'; Value = '' }, @{ What = 'an object without a name'; Value = [pscustomobject]@{ Foo = 1 } }
    ) {
        'a.a', $Value, 'b.b' | Disable-MedatarunUser -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Count | Should -Be 1
        ($stub.Bodies | ConvertFrom-Json).username | Should -Be @('a.a', 'b.b')
    }

    It 'is taken literally where something is changed: <_>' -ForEach '*', 'a*', '[ab]', "o'hara", '"quoted"', 'Ünïcødé', '$(1)', 'a;b' {
        $_ | Disable-MedatarunUser
        (Get-LastBody).username | Should -BeExactly $_
    }

    It 'is a pattern where something is shown' {
        (Get-MedatarunUser 'j*').UserName | Should -Be 'john.doe'
        (Get-MedatarunUser '*z*').UserName | Should -BeNullOrEmpty
        $stub.Requests | Select-Object -Unique | Should -Be '/api/auth/user_list'
    }
}

Describe 'Get and Set' {
    BeforeEach { Connect-Stub $stub }

    It 'round-trip by property name' {
        Get-MedatarunUser john.doe | Set-MedatarunUser -FullName 'John D. Doe'
        $body = Get-LastBody
        $body.username | Should -BeExactly 'john.doe'
        $body.fullname | Should -BeExactly 'John D. Doe'
        $body.email | Should -BeExactly 'john@example.org'
    }

    It 'clears with <What>' -ForEach @(@{ What = 'nothing'; Value = $null }, @{ What = 'an empty text'; Value = '' }) {
        Set-MedatarunUser john.doe -Email $Value -Role $Value -Groups $Value
        (Get-LastBody).email | Should -BeExactly ''
        (Get-LastBody).role | Should -BeExactly ''
        , (Get-LastBody).groups | Should -BeOfType [array]
        (Get-LastBody).groups.Count | Should -Be 0
    }
}

Describe 'A list of users' {
    BeforeAll {
        $paged = New-StubServer
        $user = Get-UserJson
        # Each page says that there is another one.
        $endless = [Medatarun.PowerShell.Tests.Support.StubServer]::new()
        $endless.Answer('/api/auth/user_list', 200, '{"items":[' + $user + ',' + $user + '],"next":"more"}')
        $endless.Answer('/api/auth/whoami', 200, (Invoke-RestMethod "$($paged.Url)api/auth/whoami" -Method Post | ConvertTo-Json -Compress))
    }
    AfterAll { $paged.Dispose(); $endless.Dispose() }

    It 'is read a page at a time, and no further than it is wanted' {
        Connect-Stub $endless
        @(Get-MedatarunUser | Select-Object -First 1).Count | Should -Be 1
        $endless.Requests.Count | Should -Be 1
        @(Get-MedatarunUser | Select-Object -First 5).Count | Should -Be 5
        $endless.Requests.Count | Should -Be 4
        ($endless.Bodies[-1] | ConvertFrom-Json).after | Should -Be 'more'
    }

    It 'sends the filters that were given' {
        Connect-Stub $stub
        Get-MedatarunUser -Search jo -Disabled:$false -Role admin -Group staff | Out-Null
        $body = Get-LastBody
        $body.search, $body.disabled, $body.role, $body.group | Should -Be @('jo', $false, 'admin', 'staff')
        Get-MedatarunUser -Disabled | Out-Null
        (Get-LastBody).disabled | Should -BeTrue
        Get-MedatarunUser | Out-Null
        (Get-LastBody).disabled | Should -BeNullOrEmpty
    }
}
