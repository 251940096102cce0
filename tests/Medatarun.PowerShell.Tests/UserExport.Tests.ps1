#Requires -Version 7.6
# Export-MedatarunUser against a real server.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $secrets = Get-Sentinel
    $server = Start-TestServer
    Connect-Medatarun -Connection $server.Admin
    $hash = 'pbkdf2_sha256$1000$c2FsdHNhbHQ$' + [Convert]::ToBase64String(
        [Security.Cryptography.Rfc2898DeriveBytes]::Pbkdf2($secrets.Password, [Text.Encoding]::UTF8.GetBytes('c2FsdHNhbHQ'), 1000, 'SHA256', 32))

    function Set-File([string] $Name, [string] $Text) {
        $path = Join-Path $TestDrive $Name
        [IO.File]::WriteAllText($path, $Text)
        $path
    }

    New-MedatarunGroup people | Out-Null
    $rows = 0..999 | ForEach-Object { "user.b$_,Some One,user.b$_@example.org,people,$hash" }
    Import-MedatarunUser (Set-File 'people.csv' (@('UserName,FullName,Email,Groups,PasswordHash') + $rows -join "`n")) -ErrorAction Stop | Out-Null
}

AfterAll {
    Disconnect-Medatarun
    Stop-MedatarunServer $server.Server
}

Describe 'An export' {
    It 'to <Name> goes round' -ForEach @(@{ Name = 'csv' }, @{ Name = 'json' }, @{ Name = 'jsonl' }) {
        $path = Join-Path $TestDrive "all.$Name"
        Import-MedatarunUser (Set-File 'odd.jsonl' '{"username":"odd.name","fullname":"-2, ''Ünal'' O\u2019Neil","email":"+plus@odd.example.org"}') | Out-Null
        Export-MedatarunUser $path -IncludePasswordHash
        if (-not $IsWindows) { (Get-Item $path).UnixMode | Should -Be '-rw-------' }
        $other = Start-TestServer
        try {
            New-MedatarunGroup people -Connection $other.Admin | Out-Null
            $rows = Import-MedatarunUser $path -Connection $other.Admin -ErrorAction Stop
            $rows.Where{ $_.Status -eq 'Existing' }.UserName | Should -Be 'admin'
            $copy = Join-Path $TestDrive "copy.$Name"
            Export-MedatarunUser $copy -IncludePasswordHash -Connection $other.Admin
            # The two administrators have different hashes.
            $there = (Get-Content $copy) -notmatch '^admin,|"admin"'
            (Get-Content $path) -notmatch '^admin,|"admin"' | Should -Be $there
            $there.Count | Should -BeGreaterThan 950
        }
        finally { Stop-MedatarunServer $other.Server }
    }

    It 'guards cells that a spreadsheet would take for formulas' {
        $path = Join-Path $TestDrive 'guarded.csv'
        Export-MedatarunUser $path
        Get-Content $path | Where-Object { $_ -like 'odd.name,*' } | Should -BeExactly "odd.name,`"'-2, 'Ünal' O$([char]0x2019)Neil`",'+plus@odd.example.org,,,false"
        Get-Content $path -TotalCount 1 | Should -BeExactly 'UserName,FullName,Email,Role,Groups,Disabled'
    }

    It 'returns users that go into an import as they are, and shows no hash' {
        $users = Export-MedatarunUser -IncludePasswordHash
        $users.Where{ $_.UserName -eq 'user.b7' }.PasswordHash | Should -BeOfType ([securestring])
        $users | Select-Object -First 50 | Format-List * -Force | Out-String | Should -Not -Match 'pbkdf2'
        ($users | Select-Object -First 50 | Import-MedatarunUser).Status | Select-Object -Unique | Should -Be 'Existing'
        (Export-MedatarunUser | Select-Object -First 1).PasswordHash | Should -BeNullOrEmpty
    }

    It 'is not begun with -WhatIf, and leaves nothing half when it fails' {
        $path = Join-Path $TestDrive 'none.csv'
        Export-MedatarunUser $path -WhatIf
        $path | Should -Not -Exist
        { Export-MedatarunUser (Join-Path $TestDrive 'no/such/folder.csv') -ErrorAction Stop } | Should -Throw -ErrorId 'UnwritableFile,*'
    }
}
