#Requires -Version 7.6
# Desired state: exported, compared, applied, and what a server begins with.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $secrets = Get-Sentinel
    $server = Start-TestServer
    Connect-Medatarun -Connection $server.Admin
    New-MedatarunRole help-desk -Permission user_manage | Out-Null
    New-MedatarunGroup operations -Role help-desk -Description "Those ""on call"", it's 'them'" | Out-Null
    "UserName,FullName,Email,Groups`nmary.major,Mary Major,mary@example.org,operations`nzoe.park,Zoe Park,," | ConvertFrom-Csv |
        Import-MedatarunUser -ErrorAction Stop | Out-Null
    New-MedatarunServiceAccount nightly -ErrorAction Stop | Out-Null
    Push-Location $TestDrive

    # What -WhatIf says goes to the host alone: that of a PowerShell of its own.
    $hostToken = New-MedatarunApiToken whatif -AsPlainText
    function Get-WhatIf([string] $Command) {
        Set-EnvironmentSignIn $hostToken $server.Url
        try { @(pwsh -NoProfile -NonInteractive -Command "Import-Module '$(Get-ManifestPath)'; $Command -WhatIf") -like 'What if:*' }
        finally { Clear-EnvironmentSignIn }
    }
}

AfterAll {
    Pop-Location
    Disconnect-Medatarun
    Stop-MedatarunServer $server.Server
}

Describe 'A state' {
    It 'goes round through <_>' -ForEach 'state.json', 'state.psd1' {
        Export-MedatarunState $_
        Compare-MedatarunState $_ -Prune | Should -BeNullOrEmpty
        Compare-MedatarunState $_ -Prune -Quiet | Should -BeTrue
    }

    It 'as a data file is read by PowerShell itself' {
        Export-MedatarunState data.psd1
        $read = Import-PowerShellDataFile data.psd1
        $read.version | Should -Be 1
        $read.users.username | Should -Contain 'mary.major'
        $read.groups.description | Should -BeExactly "Those ""on call"", it's 'them'"
    }

    It 'has the sections that are asked for' {
        $state = Export-MedatarunState -Section Groups, ServiceAccounts
        $state.Keys | Should -Be 'version', 'groups', 'service_accounts'
        $state.service_accounts.name | Should -Be 'nightly'
    }

    It 'in a script takes the names of PowerShell, and one thing for a list of one' {
        $differences = @{ Version = 1; Groups = @{ Key = 'first-line'; Roles = 'help-desk' }; ServiceAccounts = @{ Name = 'daily' } } | Compare-MedatarunState
        $differences.ForEach{ "$_" } | Should -Be 'Create Group first-line', 'Create ServiceAccount daily'
        $differences[0].Changes.Where{ $_.Member -eq 'roles' }.To | Should -Be 'help-desk'
        [pscustomobject]@{ version = 1; groups = @() } | Compare-MedatarunState -Quiet | Should -BeTrue
    }

    It 'that cannot be read is refused: <Name>' -ForEach @(
        @{ Name = 'runs.psd1'; Text = '@{ version = 1; Groups = @(Get-Date) }' }
        @{ Name = 'broken.psd1'; Text = '@{ version = ' }
        @{ Name = 'empty.psd1'; Text = '' }
        @{ Name = 'misspelled.psd1'; Text = '@{ version = 1; Userz = @() }' }
        @{ Name = 'broken.json'; Text = '{ "version": 1,' }
        @{ Name = 'misspelled.json'; Text = '{ "version": 1, "userz": [] }' }
    ) {
        Set-Content $Name $Text
        { Compare-MedatarunState $Name -ErrorAction Stop } | Should -Throw -ErrorId 'UnreadableState,*'
        { Sync-MedatarunState $Name -ErrorAction Stop } | Should -Throw -ErrorId 'UnreadableState,*'
    }

    It 'that is not there is refused' {
        { Compare-MedatarunState nowhere.json -ErrorAction Stop } | Should -Throw -ErrorId 'UnreadableState,*'
        { Compare-MedatarunState nowhere.psd1 -ErrorAction Stop } | Should -Throw -ErrorId 'UnreadableState,*'
    }
}

Describe 'Drift' {
    It 'is shown, foretold by -WhatIf, mended, and gone' {
        Export-MedatarunState kept.json
        Set-MedatarunUser mary.major -FullName 'Mary M. Major' -Email ''
        New-MedatarunGroup made.by.hand | Out-Null
        Compare-MedatarunState kept.json -Quiet | Should -BeFalse
        $differences = Compare-MedatarunState kept.json -Prune
        $mary = $differences.Where{ $_.Name -eq 'mary.major' }[0]
        $mary.Action, $mary.Kind | Should -Be 'Update', 'User'
        $mary.Changes.ForEach{ "$_" } | Sort-Object | Should -Be 'email: (none) -> mary@example.org', 'fullname: Mary M. Major -> Mary Major'
        $differences.Where{ $_.Name -eq 'made.by.hand' }.Action | Should -Be 'Delete'
    }
}

Describe 'Applying' {
    BeforeAll {
        Set-MedatarunUser mary.major -FullName 'Mary Major' -Email 'mary@example.org'
        if (Get-MedatarunGroup made.by.hand -ErrorAction Ignore) { Remove-MedatarunGroup made.by.hand -Confirm:$false }
        Export-MedatarunState kept.json -Section Roles, Groups, ServiceAccounts
        New-MedatarunGroup by.hand | Out-Null
        Set-MedatarunGroup operations -Description 'Nobody'
    }

    It 'says with -WhatIf one line for each change, and changes nothing' {
        $lines = Get-WhatIf 'Sync-MedatarunState kept.json -Prune'
        $lines | Should -HaveCount 2
        $lines[0] | Should -BeLike '*Update (description: Nobody -> Those "on call", it''s ''them'')* on target "Group operations".'
        $lines[1] | Should -BeLike '*"Delete" on target "Group by.hand".'
        Compare-MedatarunState kept.json -Quiet | Should -BeFalse
    }

    It 'is silent, leaves without -Prune what is not named, and is clean afterwards' {
        Sync-MedatarunState kept.json | Should -BeNullOrEmpty
        Compare-MedatarunState kept.json -Quiet | Should -BeTrue
        (Get-MedatarunGroup by.hand).Key | Should -Be 'by.hand'
        $pruned = Sync-MedatarunState kept.json -Prune -PassThru
        $pruned.ForEach{ "$_" } | Should -Be 'Delete Group by.hand'
        Compare-MedatarunState kept.json -Prune -Quiet | Should -BeTrue
        Sync-MedatarunState kept.json -Prune -PassThru | Should -BeNullOrEmpty
    }

    It 'refuses a prune that would remove the last administrator, and changes nothing of it' {
        @{ version = 1; Users = @(@{ UserName = 'mary.major'; FullName = 'Changed Too' }) } |
            Sync-MedatarunState -Prune -ErrorAction SilentlyContinue -ErrorVariable refused
        $refused | Should -HaveCount 1
        Get-ErrorId $refused | Should -BeIn 'LastAdmin', 'NotYourself'
        (Get-MedatarunUser mary.major).FullName | Should -Be 'Mary Major'
        (Get-MedatarunUser admin).Disabled | Should -BeFalse
    }

    It 'reads passwords from where the state says, before anything is sent, and shows none' {
        $state = @{ version = 1; Users = @{ UserName = 'from.env'; FullName = 'From Env'; Password = @{ Env = 'STATE_TEST_PASSWORD' } } }
        { $state | Sync-MedatarunState -ErrorAction Stop } | Should -Throw -ErrorId 'SecretNotFound,*'
        { Get-MedatarunUser from.env -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*'
        try {
            $env:STATE_TEST_PASSWORD = $secrets.NewPassword
            $text = $state | Sync-MedatarunState -PassThru -Verbose 4>&1 | Format-List * | Out-String
            $text | Should -BeLike '*from.env*'
            $text | Should -Not -BeLike "*$($secrets.NewPassword)*"
        }
        finally { Remove-Item Env:STATE_TEST_PASSWORD }
        (New-MedatarunToken $server.Url -Credential (New-TestCredential from.env $secrets.NewPassword)).UserName | Should -Be 'from.env'
    }
}

Describe 'A plan' {
    It 'is applied as it was made, from another folder than the state''s' {
        $null = New-Item -ItemType Directory plans, secrets
        Set-Content secrets/paul.txt $secrets.Password
        Set-Content with-file.psd1 "@{ version = 1; Users = @{ UserName = 'paul.file'; FullName = 'Paul File'; Password = @{ File = 'secrets/paul.txt' } } }"
        Compare-MedatarunState with-file.psd1 -PlanPath plans/plan.json | Should -HaveCount 1
        Get-Content plans/plan.json -Raw | Should -Not -BeLike "*$($secrets.Password)*"
        Get-WhatIf 'Sync-MedatarunState -PlanPath plans/plan.json' | Should -BeLike 'What if:*"Create (*" on target "User paul.file".'
        Sync-MedatarunState -PlanPath plans/plan.json -ErrorAction Stop
        (New-MedatarunToken $server.Url -Credential (New-TestCredential paul.file)).UserName | Should -Be 'paul.file'
    }

    It 'is refused when the server holds something else by now, also by -WhatIf' {
        @{ version = 1; Groups = @{ Key = 'planned' } } | Compare-MedatarunState -PlanPath late.json | Out-Null
        New-MedatarunGroup meanwhile | Out-Null
        { Sync-MedatarunState -PlanPath late.json -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'StateChanged,*'
        { Sync-MedatarunState -PlanPath late.json -ErrorAction Stop } | Should -Throw -ErrorId 'StateChanged,*'
        { Get-MedatarunGroup planned -ErrorAction Stop } | Should -Throw -ErrorId 'GroupNotFound,*'
    }
}

Describe 'A script of CI' {
    It 'ends with <Code> when <What>' -ForEach @(
        @{ Code = 0; What = 'nothing differs'; Group = 'operations' }, @{ Code = 2; What = 'something differs'; Group = 'not-there' }
        @{ Code = 1; What = 'it cannot be found out'; Group = $null }
    ) {
        Set-Content ci.json $(if ($Group) { "{ ""version"": 1, ""groups"": [{ ""key"": ""$Group"" }] }" } else { '{' })
        $script = @'
$ErrorActionPreference = 'Stop'
Import-Module $env:CI_MODULE
Connect-Medatarun $env:CI_URL -Credential ([pscredential]::new('admin', (ConvertTo-SecureString $env:CI_PASSWORD -AsPlainText)))
if (-not (Compare-MedatarunState ci.json -Quiet)) { exit 2 }
'@
        Set-Content ci.ps1 $script
        try {
            $env:CI_MODULE, $env:CI_URL, $env:CI_PASSWORD = (Get-ManifestPath), "$($server.Url)", $secrets.Password
            pwsh -NoProfile -NonInteractive -File ci.ps1 *> $null
            $LASTEXITCODE | Should -Be $Code
        }
        finally { Remove-Item Env:CI_MODULE, Env:CI_URL, Env:CI_PASSWORD }
    }
}

Describe 'A server that begins with a state' {
    It 'of <_> has what it says, and no bootstrap secret where it has an administrator' -ForEach 'json', 'psd1' {
        Set-Content boss.txt $secrets.Password
        $state = @{ version = 1; users = @(@{ username = 'boss'; fullname = 'The Boss'; roles = @('admin'); password = @{ file = 'boss.txt' } }) }
        $text = $_ -eq 'json' ? ($state | ConvertTo-Json -Depth 5) :
            "@{ version = 1; Users = @{ UserName = 'boss'; FullName = 'The Boss'; Roles = 'admin'; Password = @{ File = 'boss.txt' } } }"
        Set-Content "seed.$_" $text
        $seeded = Start-MedatarunServer -Port 0 -Ephemeral -StatePath "seed.$_"
        try {
            $seeded.BootstrapSecret | Should -BeNullOrEmpty
            $boss = New-MedatarunToken $seeded.Url -Credential (New-TestCredential boss)
            $boss.UserName | Should -Be 'boss'
        }
        finally { Stop-MedatarunServer $seeded }
    }

    It 'is not started when the state cannot be read, or its secrets are not there' {
        Set-Content bad.json '{ "version": 1, "userz": [] }'
        { Start-MedatarunServer -Port 0 -Ephemeral -StatePath bad.json } | Should -Throw -ErrorId 'UnreadableState,*'
        Set-Content secret.json '{ "version": 1, "users": [{ "username": "boss", "fullname": "B", "password": { "env": "NOT_SET_ANYWHERE" } }] }'
        $failure = $null
        try { Start-MedatarunServer -Port 0 -Ephemeral -StatePath secret.json } catch { $failure = $_ }
        Get-ErrorId $failure | Should -Be 'ServerStartFailed'
        "$failure" | Should -BeLike '*NOT_SET_ANYWHERE*'
    }
}
