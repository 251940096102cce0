#Requires -Version 7.6
# Import-MedatarunUser and what goes with it, against a real server. Most rows have hashes, which cost the server nothing.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $secrets = Get-Sentinel
    $server = Start-TestServer
    Connect-Medatarun -Connection $server.Admin
    $samples = Join-Path $PSScriptRoot 'Samples'
    $hash = 'pbkdf2_sha256$1000$c2FsdHNhbHQ$' + [Convert]::ToBase64String(
        [Security.Cryptography.Rfc2898DeriveBytes]::Pbkdf2($secrets.Password, [Text.Encoding]::UTF8.GetBytes('c2FsdHNhbHQ'), 1000, 'SHA256', 32))

    function Set-File([string] $Name, [string] $Text, [Text.Encoding] $Encoding = [Text.UTF8Encoding]::new($false)) {
        $path = Join-Path $TestDrive $Name
        [IO.File]::WriteAllText($path, $Text, $Encoding)
        $path
    }

    function Test-SignIn([string] $UserName, [string] $Password) {
        (New-MedatarunToken -Url $server.Url -Credential (New-TestCredential $UserName $Password)).UserName | Should -Be $UserName
    }
}

AfterAll {
    Disconnect-Medatarun
    Stop-MedatarunServer $server.Server
}

Describe 'A file of other systems' {
    It 'of Entra ID''s bulk creation is imported as it is' {
        $users = Import-MedatarunUser (Join-Path $samples 'entra-bulk-create.csv') -ErrorAction Stop
        $users.UserName | Should -Be 'anneliese.vogt', 'ngozi.okafor', 'jurgen.muller'
        $users.Status | Should -Be 'Created', 'Created', 'Created'
        $ngozi = Get-MedatarunUser ngozi.okafor
        $ngozi.FullName, $ngozi.Email, $ngozi.Disabled | Should -Be 'Okafor, Ngozi', 'ngozi.okafor@entra.example.org', $true
        Test-SignIn anneliese.vogt 'Entra-Initial-1-Kestrel'
    }

    It 'of Entra ID''s list of users is imported as it is' {
        (Import-MedatarunUser (Join-Path $samples 'entra-users.csv') -ErrorAction Stop).UserName | Should -Be 'ines.duarte', 'tomasz.zielinski'
        (Get-MedatarunUser ines.duarte).Email | Should -Be 'ines@listed.example.org'
        (Get-MedatarunUser ines.duarte).Disabled | Should -BeFalse
        (Get-MedatarunUser tomasz.zielinski).Disabled | Should -BeTrue
    }

    It 'of Google Workspace is imported as it is, and **** is no password' {
        $users = Import-MedatarunUser (Join-Path $samples 'google-users.csv') -GeneratePassword -ErrorAction Stop
        $users.UserName | Should -Be 'leilani.kahale', 'mateo.quispe'
        $users[0].Password | Should -BeNullOrEmpty
        $users[1].Password | Should -BeOfType ([securestring])
        (Get-MedatarunUser mateo.quispe).Disabled | Should -BeTrue
        Test-SignIn leilani.kahale 'Google-Initial-1-Cedar'
    }

    It 'of Get-ADUser through Export-Csv of Windows PowerShell is imported as it is' {
        (Import-MedatarunUser (Join-Path $samples 'get-aduser.csv') -ErrorAction Stop).UserName | Should -Be 'f.lindqvist', 'taziz'
        (Get-MedatarunUser f.lindqvist).FullName | Should -Be 'Freya Lindqvist'
        (Get-MedatarunUser taziz).Disabled | Should -BeTrue
    }

    It 'of Keycloak is imported with the passwords' {
        $users = Import-MedatarunUser (Join-Path $samples 'keycloak-realm.json') -ErrorAction Stop
        $users.UserName | Should -Be 'saoirse.byrne', 'kofi.mensah', 'service-account-account'
        (Get-MedatarunUser kofi.mensah).Disabled | Should -BeTrue
        Test-SignIn saoirse.byrne 'Keycloak-Orchid-7713!'
        Test-SignIn saoirse.byrne 'Keycloak-Orchid-7713!'
    }

    It 'of anybody is imported with a map, and a hash that cannot be verified is refused' {
        $users = Import-MedatarunUser (Join-Path $samples 'django.csv') -ErrorAction SilentlyContinue -ErrorVariable refused -Map @{
            FullName = { "$($_.first_name) $($_.last_name)" }; PasswordHash = 'password'; Password = { }; UserName = 'username'
            Disabled = { $_.is_active -ne 'True' }
        }
        $users.UserName | Should -Be 'hana.sato'
        Get-ErrorId $refused | Should -Be 'UnsupportedPasswordHash'
        $refused[0].TargetObject.username | Should -Be 'old.timer'
        Test-SignIn hana.sato 'Django-Meadow-5517!'
    }

    It 'named by a template that does not fit is refused' {
        { Import-MedatarunUser (Join-Path $samples 'django.csv') -Map Entra } | Should -Throw -ErrorId 'UnknownColumns,*'
        { Import-MedatarunUser (Join-Path $samples 'django.csv') -Map Novell } | Should -Throw -ErrorId 'UnknownMap,*'
    }
}

Describe 'A thousand rows with fifty bad ones of ten kinds' {
    BeforeAll {
        New-MedatarunGroup people | Out-Null
        $lines = [Collections.Generic.List[string]]::new()
        $expected = [Collections.Generic.Dictionary[int, string]]::new()
        $bad = @(
            @('BadUsername', 'B,Some Body,,{0},,,') , @('BadFullname', 'bad.b{1},"Some <b>",,{0},,,') , @('BadEmail', 'bad.c{1},Some Body,nowhere,{0},,,')
            , @('UnsupportedPasswordHash', 'bad.d{1},Some Body,,$2b$12$abcdefghijklmnopqrstuuJ5w0vGz5wTqzVwOeT1yLr1M8m7jH8Aq,,,')
            @('RoleNotFound', 'bad.e{1},Some Body,,{0},nobody,,') , @('GroupNotFound', 'bad.f{1},Some Body,,{0},,nowhere,')
            @('MalformedRow', 'bad.g{1},Some Body,,{0},,,perhaps') , @('MalformedRow', 'bad.h{1},Some, Body,,{0},,,')
            @('EmailAlreadyUsed', 'bad.i{1},Some Body,user1@bulk.example.org,{0},,,') , @('InvalidRequest', 'bad.j{1},,,{0},,,')
        )
        $lines.Add('UserName,FullName,Email,PasswordHash,Role,Groups,Disabled')
        foreach ($row in 1..1000) {
            if ($row % 20) { $lines.Add("user.b$row,`"Bulk, User $row`",user$row@bulk.example.org,$hash,,people,no") }
            else {
                $kind = $bad[($row / 20 - 1) % 10]
                $expected[$row] = $kind[0]
                $lines.Add(($kind[1] -f $hash, $row))
            }
        }
        $file = Join-Path $TestDrive 'thousand.csv'
        [IO.File]::WriteAllLines($file, $lines)
        $tried = Import-MedatarunUser $file -DryRun -ErrorAction SilentlyContinue -ErrorVariable triedErrors
        $before = (Get-MedatarunGroup people).MemberCount
        $done = Import-MedatarunUser $file -ErrorAction SilentlyContinue -ErrorVariable refused
    }

    It 'makes 950 users, in order' {
        $done | Should -HaveCount 950
        $done.Status | Select-Object -Unique | Should -Be 'Created'
        $done.Row | Should -Be (1..1000 | Where-Object { $_ % 20 })
        (Get-MedatarunGroup people).MemberCount | Should -Be 950
        (Get-MedatarunUser user.b7).FullName | Should -Be 'Bulk, User 7'
    }

    It 'reports 50 errors with number, line, code and row' {
        $refused | Should -HaveCount 50
        foreach ($failure in $refused) {
            $row = $failure.TargetObject.Row
            Get-ErrorId $failure | Should -Be $expected[$row]
            $failure.ErrorDetails.Message | Should -BeLike "Row $row (line $($row + 1)):*"
            $failure.Exception | Should -BeOfType 'Medatarun.Client.MedatarunException'
            $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }
        $refused.TargetObject.Row | Should -Be (1..50 | ForEach-Object { $_ * 20 })
        $refused.Where{ $_.TargetObject.UserName -eq 'bad.e100' }.TargetObject.Role | Should -Be 'nobody'
    }

    It 'puts no hash and nothing that slipped into an error' {
        $refused | Format-List * -Force | Out-String -Width 1000 | Should -Not -Match 'pbkdf2_sha256'
        $refused.Where{ (Get-ErrorId $_) -eq 'MalformedRow' }.ForEach{ $_.TargetObject.PSObject.Properties.Name } | Select-Object -Unique | Should -Be 'Row'
    }

    It 'was foretold by the dry run, which kept nothing' {
        $before | Should -Be 0
        $tried.Count | Should -Be 950
        $tried.Where{ $_.Id } | Should -BeNullOrEmpty
        $triedErrors.ForEach{ Get-ErrorId $_ } | Should -Be $refused.ForEach{ Get-ErrorId $_ }
    }

    It 'changes nothing when it is run again' {
        $again = Import-MedatarunUser $file -ErrorAction SilentlyContinue
        $again.Status | Select-Object -Unique | Should -Be 'Existing'
        $again | Should -HaveCount 950
    }
}

Describe 'Users who exist' {
    BeforeAll { $path = Set-File 'exists.csv' "UserName,FullName,PasswordHash`nwas.here,Was Here,$hash" ; Import-MedatarunUser $path | Out-Null }

    It 'are left as they are, changed, or an error' {
        $changed = Set-File 'changed.csv' "UserName,FullName,Email`nwas.here,Is Here,`nis.new,Is New,"
        (Import-MedatarunUser $changed).Status | Should -Be 'Existing', 'Created'
        (Get-MedatarunUser was.here).FullName | Should -Be 'Was Here'
        Import-MedatarunUser $changed -IfExists Fail -ErrorAction SilentlyContinue -ErrorVariable refused | Should -BeNullOrEmpty
        $refused.ForEach{ Get-ErrorId $_ } | Should -Be 'UserAlreadyExists', 'UserAlreadyExists'
        (Import-MedatarunUser $changed -IfExists Update).Status[0] | Should -Be 'Updated'
        (Get-MedatarunUser was.here).FullName | Should -Be 'Is Here'
        Test-SignIn was.here $secrets.Password
    }

    It 'get no new password behind their backs' {
        { Import-MedatarunUser $path -GeneratePassword -IfExists Update } | Should -Throw -ErrorId 'UnknownMap,*'
        (Import-MedatarunUser $path -GeneratePassword).Password | Should -BeNullOrEmpty
    }
}

Describe 'A generated password' {
    BeforeAll {
        $users = 'gen.one', 'gen.two' | ForEach-Object { [pscustomobject]@{ UserName = $_; FullName = 'Gen Erated' } } | Import-MedatarunUser -GeneratePassword
    }

    It 'signs in, and is another one for each' {
        $users.ForEach{ $_.RevealPassword() } | Select-Object -Unique | Should -HaveCount 2
        foreach ($user in $users) { Test-SignIn $user.UserName $user.RevealPassword() }
        $users[0].Password | ConvertFrom-SecureString -AsPlainText | Should -BeExactly $users[0].RevealPassword()
    }

    It 'is in no view and no file' {
        $file = Join-Path $TestDrive 'generated.xml'
        $users | Export-Clixml $file
        $text = @(
            $users | Out-String -Width 500; $users | Format-List * -Force | Out-String -Width 500; $users | ConvertTo-Json -Depth 6
            $users | ConvertTo-Csv; Get-Content $file -Raw
        ) -join "`n"
        foreach ($user in $users) {
            $text | Should -Not -BeLike "*$($user.RevealPassword())*"
            $text | Should -Not -BeLike "*$([Convert]::ToHexString([Text.Encoding]::Unicode.GetBytes($user.RevealPassword())))*"
        }
        (Import-Clixml $file)[0].PSObject.Properties.Name | Should -Not -Contain 'Password'
    }

    It 'has four blocks of five without a letter that looks like another one, and three kinds of characters at least' {
        $assembly = (Get-Command Import-MedatarunUser).ImplementingType.Assembly
        $make = $assembly.GetType('Medatarun.PowerShell.Importing.PasswordGenerator', $true).GetMethod('New')
        $passwords = foreach ($time in 1..2000) { $make.Invoke($null, @()).Reveal() }
        $passwords | Select-Object -Unique | Should -HaveCount 2000
        $passwords.Where{ $_ -cnotmatch '^[a-km-np-zA-HJ-NP-Z](?:[a-km-np-zA-HJ-NP-Z2-9]{4})(?:-[a-km-np-zA-HJ-NP-Z2-9]{5}){3}$' } | Should -BeNullOrEmpty
        $passwords.Where{ $_ -cnotmatch '[a-z]' -or $_ -cnotmatch '[A-Z]' -or $_ -notmatch '\d' } | Should -BeNullOrEmpty
    }
}

Describe 'An import' {
    It 'sends nothing with -WhatIf, and says one line' {
        $path = Set-File 'whatif.csv' "UserName,FullName`nnot.made,Not Made"
        Import-MedatarunUser $path -WhatIf -Verbose 4>&1 | Where-Object { "$_" -like 'POST*' } | Should -BeNullOrEmpty
        { Get-MedatarunUser not.made -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*'
    }

    It 'says its requests and no password with -Verbose' {
        $path = Set-File 'verbose.csv' "UserName,FullName,Password`nver.bose,Ver Bose,$($secrets.NewPassword)`nVER BAD,Ver Bad,$($secrets.NewPassword)"
        $all = Import-MedatarunUser $path -Verbose *>&1
        $all.Where{ "$_" -match '^POST /api/auth/user_import 200 \d+ ms' } | Should -HaveCount 1
        $all | Format-List * -Force | Out-String -Width 1000 | Should -Not -BeLike "*$($secrets.NewPassword)*"
        Test-SignIn ver.bose $secrets.NewPassword
    }

    It 'stops with the first result when only one is wanted' {
        $rows = 1..20000 | ForEach-Object { [pscustomobject]@{ UserName = "first.n$_"; FullName = 'First'; PasswordHash = $hash } }
        @($rows | Import-MedatarunUser | Select-Object -First 1).Count | Should -Be 1
        @(Get-MedatarunUser first.n*).Count | Should -BeLessThan 5000
    }

    It 'shows no progress of what is quick' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($m, $c, $f) Import-Module $m; Import-MedatarunUser $f -Connection $c').
                AddArgument((Get-ManifestPath)).AddArgument((Get-MedatarunContext)).AddArgument((Set-File 'one.csv' "UserName,FullName`none.row,One")).Invoke()
            $shell.Streams.Progress.Where{ $_.Activity -eq 'Importing users' } | Should -BeNullOrEmpty
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally { $shell.Dispose() }
    }

    It 'is refused as a whole to whoever may not' {
        New-MedatarunUser just.reads 'Just Reads' -Password (ConvertTo-Secret $secrets.Password) | Out-Null
        $reader = Connect-Medatarun -Url $server.Url -Credential (New-TestCredential just.reads) -PassThru
        Connect-Medatarun -Connection $server.Admin
        { Import-MedatarunUser (Join-Path $samples 'get-aduser.csv') -Connection $reader } | Should -Throw -ErrorId 'PermissionDenied,*'
        { Export-MedatarunUser -Connection $reader -ErrorAction Stop } | Should -Throw -ErrorId 'PermissionDenied,*'
    }
}

Describe 'How passwords are kept' {
    It 'is counted, and a sign-in upgrades' {
        $before = Measure-MedatarunPasswordHash
        $before.Outdated | Should -BeGreaterThan 900
        Test-SignIn user.b1 $secrets.Password
        $after = Measure-MedatarunPasswordHash
        $after.Upgraded | Should -Be ($before.Upgraded + 1)
        $after.Outdated | Should -Be ($before.Outdated - 1)
        $after.Users | Should -Be $before.Users
        $after.Current + $after.Outdated + $after.WithoutPassword | Should -Be $after.Users
    }
}

Describe 'An import that is stopped at the half' {
    It 'leaves what is done, and the second run makes the rest: everybody is there once' {
        $count = 12000
        $file = Join-Path $TestDrive 'half.csv'
        $lines = [Collections.Generic.List[string]]::new()
        $lines.Add('UserName,FullName,PasswordHash')
        foreach ($row in 1..$count) { $lines.Add("half.n$row,Half $row,$hash") }
        [IO.File]::WriteAllLines($file, $lines)
        $shell = [powershell]::Create()
        try {
            $output = [Management.Automation.PSDataCollection[psobject]]::new()
            $running = $shell.AddScript('param($m, $c, $f) Import-Module $m; Import-MedatarunUser $f -Connection $c').
                AddArgument((Get-ManifestPath)).AddArgument((Get-MedatarunContext)).AddArgument($file).
                BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
            while ($output.Count -lt $count / 2 -and -not $running.IsCompleted) { [Threading.Thread]::Yield() | Out-Null }
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $elapsed = $clock.ElapsedMilliseconds
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally { $shell.Dispose() }
        $elapsed | Should -BeLessThan 2000
        $output.Count | Should -BeLessThan $count
        $rest = Import-MedatarunUser $file -ErrorAction Stop
        $rest | Should -HaveCount $count
        $groups = $rest | Group-Object Status -AsHashTable
        $groups['Existing'].Count | Should -BeGreaterOrEqual $output.Count
        $groups['Created'].Count | Should -BeGreaterThan 0
        $all = (Get-MedatarunUser half.n*).UserName
        $all | Should -HaveCount $count
        ($all | Sort-Object -Unique).Count | Should -Be $count
    }
}
