#Requires -Version 7.6
# The examples for PowerShell and the sample users do what examples/README.md says. The one for a plain shell is run by xunit.

BeforeAll {
    $repository = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $script = Join-Path $repository 'examples/quickstart.ps1'
    $users = Join-Path $repository 'examples/users.csv'
    Import-Module (Join-Path $repository 'Medatarun.psd1') -Global
    $password = 'Harbor-Kestrel-5521!'
    $serverHome = Join-Path ([IO.Path]::GetTempPath()) "medatarun-quickstart-$PID-$(Get-Random)"

    # In a process of its own, as a person runs it; the settings go in by environment.
    function Invoke-QuickStart([string] $Csv, [string] $Password) {
        $settings = @{
            QUICKSTART_HOME = $serverHome; QUICKSTART_PORT = '0'; QUICKSTART_CSV = $Csv
            QUICKSTART_PASSWORD = $Password; QUICKSTART_NO_BUILD = '1'
        }
        try {
            $settings.GetEnumerator() | ForEach-Object { Set-Item "env:$($_.Key)" $_.Value }
            $script:output = pwsh -NoProfile -NonInteractive -File $script 2>&1 | ForEach-Object ToString
            $script:code = $LASTEXITCODE
        }
        finally {
            $settings.Keys | ForEach-Object { Remove-Item "env:$_" -ErrorAction Ignore }
        }
    }
}

AfterAll {
    Disconnect-Medatarun -ErrorAction Ignore
    Stop-MedatarunServer -Home $serverHome
    Remove-Item $serverHome -Recurse -Force -ErrorAction Ignore
}

Describe 'The quick start for PowerShell' {
    It 'Provisions_all_sample_users_and_leaves_the_server_up' {
        Invoke-QuickStart $users $password
        $output -join "`n" | Should -BeLike '*200 created, 0 existed, 0 refused.*'
        $code | Should -Be 0
        $server = Get-MedatarunServer -Home $serverHome
        $server | Should -Not -BeNullOrEmpty
        Connect-Medatarun -Url $server.Url -Credential ([pscredential]::new('admin', (ConvertTo-SecureString $password -AsPlainText -Force)))
        $found = Get-MedatarunUser | Group-Object UserName -AsHashTable
        foreach ($row in Import-Csv $users) {
            $user = $found[$row.UserName]
            $user.FullName | Should -BeExactly $row.FullName
            "$($user.Email)" | Should -BeExactly $row.Email
            "$($user.Admin)" | Should -Be $row.Admin
            "$($user.Disabled)" | Should -Be $row.Disabled
        }
    }

    It 'Takes_passwords_with_quotes_and_commas_as_they_are_written' {
        $server = Get-MedatarunServer -Home $serverHome
        $odd = Import-Csv $users | Where-Object { $_.Password -match '["'',\\`$]' -and $_.Disabled -eq 'false' } | Select-Object -First 8
        $odd | Should -HaveCount 8
        foreach ($row in $odd) {
            $secret = ConvertTo-SecureString $row.Password -AsPlainText -Force
            (New-MedatarunToken -Url $server.Url -Credential ([pscredential]::new($row.UserName, $secret))).UserName | Should -Be $row.UserName
        }
    }

    It 'Reports_what_exists_and_what_is_refused_when_it_is_run_again' {
        $csv = Join-Path $TestDrive 'more.csv'
        @(
            Get-Content $users -TotalCount 2
            'new.user,"User, New",,Lantern-Fjord-7703!,no,yes'
            'Bad Name,Bad Name,,Lantern-Fjord-7704!,no,no'
        ) | Set-Content $csv
        Invoke-QuickStart $csv $password
        $text = $output -join "`n"
        $text | Should -BeLike '*The server runs already*'
        $text | Should -BeLike '*1 created, 1 existed, 1 refused.*'
        $text | Should -BeLike '*Bad Name was refused: Bad username*'
        $code | Should -Be 1
    }

    It 'Fails_with_the_reason_when_the_password_of_the_administrator_is_wrong' {
        Invoke-QuickStart $users 'Not-the-password-1!'
        $output -join "`n" | Should -BeLike '*Bad credentials*'
        $code | Should -Be 1
    }
}

Describe 'The example of a help desk' {
    It 'Delegates_what_it_says_and_is_refused_the_rest' {
        $output = pwsh -NoProfile -NonInteractive -File (Join-Path $repository 'examples/roles.ps1') 2>&1 | ForEach-Object ToString
        $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
        $output[0] | Should -BeExactly 'John holds user_manage, user_read.'
        $output | Should -HaveCount 6
        $output[2] | Should -BeLike "John creates a role: PermissionDenied. *'role_manage'*"
        $output[3] | Should -BeLike "John makes Mary an administrator: ExceedsAuthority. *'admin'*"
        $output[4] | Should -BeLike "John disables the administrator: ExceedsAuthority. *'admin'*"
        $output[5] | Should -BeLike "John, who is no longer in the group, looks at users: PermissionDenied. *'user_read'*"
    }
}

Describe 'The example of a job with a token' {
    It 'Provisions_with_it_is_refused_the_rest_and_stops_when_it_is_revoked' {
        $output = pwsh -NoProfile -NonInteractive -File (Join-Path $repository 'examples/tokens.ps1') 2>&1 | ForEach-Object ToString
        $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
        $output | Should -HaveCount 5
        $output[0] | Should -BeLike 'The job, as provisioning, made *, *, *.'
        $output[1] | Should -BeLike "The job makes a group: PermissionDenied. *'group_manage'*"
        $output[2] | Should -BeLike 'The job makes itself another token: SessionRequired.*'
        $output[3] | Should -BeExactly "The token 'user import' of provisioning may user_manage, and was used: True."
        $output[4] | Should -BeLike 'The job, whose token was revoked, looks at users: InvalidToken.*'
    }
}

Describe 'The example of a pipeline without a secret' {
    It 'Provisions_with_its_job_token_and_is_refused_without_a_rule' {
        $output = pwsh -NoProfile -NonInteractive -File (Join-Path $repository 'examples/pipeline.ps1') 2>&1 | ForEach-Object ToString
        $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
        $output | Should -HaveCount 5
        $output[0] | Should -BeExactly 'The job signed in by GitHubActions, and is a manager.'
        $output[1] | Should -BeLike 'The job made *, *, *.'
        $output[2] | Should -BeLike "Another repository's job signs in: InvalidToken.*"
        $output[3] | Should -BeExactly 'Why it is refused, the administrator is told: rule.'
        $output[4] | Should -BeLike 'The job, whose rule was removed, looks at users: *'
    }
}

Describe 'The example of a repository that provisions' {
    BeforeAll {
        $folder = Join-Path $repository 'examples/provisioning'
        $secret = ConvertTo-SecureString $password -AsPlainText -Force
        $fresh = Start-MedatarunServer -Port 0 -Ephemeral
        $admin = $fresh | Initialize-MedatarunAdmin -Credential ([pscredential]::new('admin', $secret))
        $token = New-MedatarunApiToken pipeline -AsPlainText -Connection $admin

        # As a job runs it: the server and the token come by environment.
        function Invoke-Step([string] $Script, [string[]] $Arguments = @()) {
            $job = @{ MEDATARUN_MODULE = "$repository/Medatarun.psd1"; MEDATARUN_PUBLIC_BASE_URL = "$($fresh.Url)"; MEDATARUN_AUTH_TOKEN = $token }
            try {
                $job.GetEnumerator() | ForEach-Object { Set-Item "env:$($_.Key)" $_.Value }
                $output = pwsh -NoProfile -NonInteractive -File (Join-Path $folder $Script) @Arguments 2>&1 | ForEach-Object ToString
                [pscustomobject]@{ Code = $LASTEXITCODE; Output = $output }
            }
            finally {
                $job.Keys | ForEach-Object { Remove-Item "env:$_" }
            }
        }
    }

    AfterAll { Stop-MedatarunServer $fresh }

    It 'Shows_what_differs_and_ends_with_2_and_applies_it_and_ends_with_0' {
        $step = Invoke-Step sync-state.ps1 '-Check'
        $step.Code | Should -Be 2 -Because ($step.Output -join "`n")
        $step.Output | Should -HaveCount 3
        $step = Invoke-Step sync-state.ps1
        $step.Code | Should -Be 0 -Because ($step.Output -join "`n")
        $step.Output[-1] | Should -BeExactly '3 changes were applied.'
        $step = Invoke-Step sync-state.ps1 '-Check'
        $step.Code, $step.Output | Should -Be 0, 'Everything is as it should be.'
    }

    It 'Imports_the_users_and_again_without_a_change_and_says_which_row_was_refused' {
        $step = Invoke-Step import-users.ps1 '-Check'
        $step.Code, $step.Output | Should -Be 0, '4 created'
        $step = Invoke-Step import-users.ps1
        $step.Code, $step.Output | Should -Be 0, '4 created'
        (Get-MedatarunUser amara.diallo -Connection $admin).Roles | Should -Be 'reader', 'support'
        $step = Invoke-Step import-users.ps1
        $step.Code | Should -Be 0 -Because ($step.Output -join "`n")
        $bad = Join-Path $TestDrive 'bad.csv'
        Set-Content $bad "UserName,FullName`nno.group,No Group`nNOT A NAME,No Name"
        $step = Invoke-Step import-users.ps1 '-Path', $bad
        $step.Code | Should -Be 1
        $step.Output[-1] | Should -BeLike 'refused: Row 2 (line 3): Bad username*'
    }

    It 'Is_kept_by_the_runbook_too' {
        Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
        $files = [Medatarun.PowerShell.Tests.Support.StubServer]::new()
        try {
            foreach ($file in 'state.psd1', 'users.csv') { $files.Answer("/repository/$file", 200, (Get-Content (Join-Path $folder $file) -Raw)) }
            $runbook = Join-Path $TestDrive 'runbook.ps1'
            # What the Automation account has.
            Set-Content $runbook @(
                "function Get-AutomationVariable([string] `$Name) { @{ MedatarunToken = '$token'; MedatarunUrl = '$($fresh.Url)' }[`$Name] }"
                ". '$folder/azure-runbook.ps1' -Repository '$($files.Url)repository'"
            )
            $env:MEDATARUN_MODULE = "$repository/Medatarun.psd1"
            Set-MedatarunGroup staff -Description 'Changed by hand' -Connection $admin
            $output = pwsh -NoProfile -NonInteractive -File $runbook 2>&1 | ForEach-Object ToString
            $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
            $output[0] | Should -BeExactly 'Update Group staff'
            (Get-MedatarunGroup staff -Connection $admin).Description | Should -BeExactly 'Everybody'
        }
        finally {
            Remove-Item Env:MEDATARUN_MODULE -ErrorAction Ignore
            $files.Dispose()
        }
    }

    It 'Runs_nothing_else_on_<_>' -ForEach 'github-workflow.yml', 'gitlab-ci.yml' {
        $steps = Get-Content (Join-Path $folder $_) | Where-Object { $_ -match 'pwsh' }
        $steps.Count | Should -BeGreaterThan 2
        foreach ($step in $steps) {
            $step | Should -Match 'pwsh -NoProfile -File provisioning/(\S+)( -Check)?$'
            $null = $step -match 'provisioning/(\S+)'
            Join-Path $folder $Matches[1] | Should -Exist
        }
    }
}

Describe 'The sample users' {
    It 'Are_200_with_distinct_names_and_passwords_some_of_them_administrators_or_disabled' {
        $rows = Import-Csv $users
        $rows | Should -HaveCount 200
        $rows.UserName | Sort-Object -Unique | Should -HaveCount 200
        $rows.Password | Sort-Object -Unique -CaseSensitive | Should -HaveCount 200
        $rows | Where-Object Admin -EQ true | Should -HaveCount 4
        $rows | Where-Object Disabled -EQ true | Should -HaveCount 8
    }

    It 'Have_names_in_<_>' -ForEach @(
        'IsLatin-1Supplement', 'IsGreek', 'IsCyrillic', 'IsArabic', 'IsHebrew', 'IsDevanagari', 'IsBengali', 'IsTamil', 'IsCJKUnifiedIdeographs'
        'IsHiragana', 'IsKatakana', 'IsHangulSyllables', 'IsThai', 'IsGeorgian', 'IsArmenian', 'IsEthiopic', 'IsKhmer'
    ) {
        Import-Csv $users | Where-Object FullName -CMatch "\p{$_}" | Should -Not -BeNullOrEmpty
    }

    It 'Have_names_with_<_>' -ForEach "'", "’", ',', '-', '.' {
        $mark = $_
        Import-Csv $users | Where-Object { $_.FullName.Contains($mark) } | Should -Not -BeNullOrEmpty
    }
}
