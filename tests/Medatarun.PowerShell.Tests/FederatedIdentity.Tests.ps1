#Requires -Version 7.6
# Tokens of another issuer at a real server: trusted, given roles by rules, exchanged, tested, and refused.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Support/TestIssuer.psm1') -Force
    $test = Start-TestServer
    $test.Admin | Connect-Medatarun
    $here = "$($test.Url)".TrimEnd('/')
    $platform = New-TestIssuer

    function Get-Refusal([scriptblock] $Script) {
        try { $null = & $Script } catch { return $_.FullyQualifiedErrorId.Split(',')[0] }
    }
    function New-JobToken([hashtable] $Claims = @{}, [int] $Seconds = 300) { New-TestToken $platform (@{ aud = $here } + $Claims) $Seconds }
    # Signs in as a job, and leaves the administrator's connection the default one.
    function Connect-Job([string] $Token = (New-JobToken)) {
        try { Connect-Medatarun $test.Url -FederatedToken (ConvertTo-Secret $Token) -PassThru } finally { $test.Admin | Connect-Medatarun }
    }
    function New-Rule([string] $Name, [hashtable] $More) { New-MedatarunTrustedIssuerRule ci $Name @More -ErrorAction Stop }
}

AfterAll {
    try { Disconnect-Medatarun } catch { $null = $_ }
    $test.Server | Stop-MedatarunServer
    Remove-TestIssuer $platform
}

Describe 'A pipeline from beginning to end' {
    It 'is trusted, signs in with the token of its job, provisions, and is refused when its rule is gone' {
        $issuer = New-MedatarunTrustedIssuer walk -Authority $platform.Url -Audience $here -RuleRequired -ErrorAction Stop
        $issuer.Issuer, "$($issuer.Algorithms)", $issuer.RuleRequired, $issuer.Managed | Should -Be @($platform.Url, 'RS256', $true, $false)
        $rule = $issuer | New-MedatarunTrustedIssuerRule -Name main -Claim @{ repository = 'org/infra'; ref = 'refs/heads/main' } -Role manager -ErrorAction Stop
        $platform.Stub.Answer("/idtoken?v=2&audience=$([uri]::EscapeDataString($here))", 200, (@{ value = (New-JobToken) } | ConvertTo-Json))
        Invoke-AsJob @{ ACTIONS_ID_TOKEN_REQUEST_URL = "$($platform.Url)/idtoken?v=2"; ACTIONS_ID_TOKEN_REQUEST_TOKEN = 'x' } {
            $script:job = Connect-Medatarun $test.Url -FromEnvironment -PassThru
        }
        $job.Source, "$($job.Roles)", $job.Type | Should -Be @('GitHubActions', 'manager', 'User')
        ($job.ExpiresAt - [DateTimeOffset]::UtcNow).TotalHours | Should -BeLessOrEqual 1
        "UserName,FullName,Password`nby.pipeline,By Pipeline,$((Get-Sentinel).Password)" | ConvertFrom-Csv | New-MedatarunUser -ErrorAction Stop | Out-Null
        $test.Admin | Connect-Medatarun
        (Get-MedatarunUser by.pipeline).FullName | Should -Be 'By Pipeline'
        $actor = Get-MedatarunActor | Where-Object Issuer -EQ $platform.Url
        $actor.Subject, $actor.Kind | Should -Be @('repo:org/infra:ref:refs/heads/main', 'external')

        $rule | Remove-MedatarunTrustedIssuerRule -Confirm:$false
        Get-Refusal { Get-MedatarunUser by.pipeline -Connection $job -ErrorAction Stop } | Should -BeIn 'PermissionDenied', 'InvalidToken'
        Get-Refusal { Connect-Job } | Should -Be 'InvalidToken'
        $issuer | Remove-MedatarunTrustedIssuer -Confirm:$false
        Get-MedatarunTrustedIssuer walk* | Should -BeNullOrEmpty
        (Get-MedatarunActor | Where-Object Issuer -EQ $platform.Url).Subject | Should -Be $actor.Subject
    }
}

Describe 'A trusted issuer' {
    BeforeEach { New-MedatarunTrustedIssuer ci -Authority $platform.Url -Audience $here | Out-Null }
    AfterEach { Get-MedatarunTrustedIssuer | Remove-MedatarunTrustedIssuer -Confirm:$false }

    It 'is made, found, changed and removed' {
        (Get-MedatarunTrustedIssuer c*).Name | Should -Be 'ci'
        $changed = Set-MedatarunTrustedIssuer ci -JwksUri "$($platform.Url)/jwks" -Algorithm PS256, RS256 -Audience a, b -RuleRequired $true -PassThru -ErrorAction Stop
        $changed.JwksUri, $changed.Authority, $changed.Issuer | Should -Be @("$($platform.Url)/jwks", $null, $platform.Url)
        $changed.Algorithms | Sort-Object | Should -Be @('PS256', 'RS256')
        $changed.Audiences | Sort-Object | Should -Be @('a', 'b')
        $changed.RuleRequired | Should -BeTrue
        $cleared = Get-MedatarunTrustedIssuer ci | Set-MedatarunTrustedIssuer -Algorithm '' -Audience $null -RuleRequired $false -PassThru -ErrorAction Stop
        "$($cleared.Algorithms)", $cleared.Audiences.Count, $cleared.RuleRequired | Should -Be @('RS256', 0, $false)
        (Remove-MedatarunTrustedIssuer ci -Confirm:$false -PassThru).Id | Should -Be $cleared.Id
        Get-Refusal { Get-MedatarunTrustedIssuer ci -ErrorAction Stop } | Should -Be 'IssuerNotFound'
    }

    It 'goes round by file to a server that has none' {
        $file = Join-Path $TestDrive 'issuers.csv'
        Get-MedatarunTrustedIssuer | Export-Csv $file
        Import-Csv $file | Set-MedatarunTrustedIssuer -ErrorAction Stop
        (Import-Csv $file | New-MedatarunTrustedIssuer -IfNotExists -ErrorAction Stop).Name | Should -Be 'ci'
        Get-Refusal { Import-Csv $file | New-MedatarunTrustedIssuer -ErrorAction Stop } | Should -Be 'IssuerAlreadyExists'
        Remove-MedatarunTrustedIssuer ci -Confirm:$false
        $again = Import-Csv $file | New-MedatarunTrustedIssuer -ErrorAction Stop
        $again.Name, $again.Issuer, $again.Authority, "$($again.Audiences)" | Should -Be @('ci', $platform.Url, $platform.Url, $here)
    }

    It 'is refused: <What>' -ForEach @(
        @{ What = 'no keys'; Id = 'BadIssuer'; More = @{ Issuer = 'https://a.example.org' } }
        @{ What = 'plain http'; Id = 'BadIssuer'; More = @{ Authority = 'http://a.example.org' } }
        @{ What = 'an algorithm that is none'; Id = 'BadIssuer'; More = @{ Authority = 'https://a.example.org'; Algorithm = 'none' } }
        @{ What = 'a bad name'; Id = 'BadKey'; Name = 'Bad Name'; More = @{ Authority = 'https://a.example.org' } }
        @{ What = 'the same issuer under another name'; Id = 'IssuerAlreadyExists'; Same = $true; More = @{ IfNotExists = $true } }
    ) {
        if ($Same) { $More.Authority = $platform.Url }
        Get-Refusal { New-MedatarunTrustedIssuer ($Name ?? 'other') @More -ErrorAction Stop } | Should -Be $Id
    }

    It 'that is disabled takes its sessions with it, and gives them back' {
        $job = Connect-Job
        (Get-MedatarunUser -Current -Connection $job).UserName | Should -Be $job.UserName
        Set-MedatarunTrustedIssuer ci -Disabled $true
        Get-Refusal { Get-MedatarunUser -Current -Connection $job } | Should -Be 'InvalidToken'
        Get-Refusal { Connect-Job } | Should -Be 'InvalidToken'
        Set-MedatarunTrustedIssuer ci -Disabled $false
        (Connect-Job).UserName | Should -Be $job.UserName
    }

    It 'is for who may manage issuers, and can be seen by who may see users' {
        New-MedatarunUser issuer.reader 'Reader' -Password (ConvertTo-Secret (Get-Sentinel).Password) -Role reader -IfNotExists | Out-Null
        try { $reader = Connect-Medatarun $test.Url (New-TestCredential issuer.reader) -PassThru } finally { $test.Admin | Connect-Medatarun }
        (Get-MedatarunTrustedIssuer -Connection $reader).Name | Should -Be 'ci'
        foreach ($change in { Set-MedatarunTrustedIssuer ci -Disabled $true -Connection $reader -ErrorAction Stop },
            { New-MedatarunTrustedIssuerRule ci x -Claim @{ a = 'b' } -Role reader -Connection $reader -ErrorAction Stop },
            { Test-MedatarunTrustedIssuer (ConvertTo-Secret x) -Connection $reader -ErrorAction Stop }) {
            Get-Refusal $change | Should -Be 'PermissionDenied'
        }
    }
}

Describe 'A rule' {
    BeforeAll { New-MedatarunTrustedIssuer ci -Authority $platform.Url -Audience $here | Out-Null }
    BeforeEach { Get-MedatarunTrustedIssuerRule | Remove-MedatarunTrustedIssuerRule -Confirm:$false }
    AfterAll { Get-MedatarunTrustedIssuer | Remove-MedatarunTrustedIssuer -Confirm:$false }

    It 'gives its roles to <What>: <Fits>' -ForEach @(
        @{ What = 'an equal claim'; More = @{ Claim = @{ repository = 'org/infra' } }; Fits = $true }
        @{ What = 'one of some'; More = @{ Claim = @{ repository = 'org/other', 'org/infra' } }; Fits = $true }
        @{ What = 'a claim that fits a pattern'; More = @{ ClaimLike = @{ ref = 'refs/heads/m*' } }; Fits = $true }
        @{ What = 'a list that holds the value'; Claims = @{ realm_access = @{ roles = 'a', 'help-desk' } }; More = @{ Claim = @{ '/realm_access/roles' = 'help-desk' } }; Fits = $true }
        @{ What = 'true'; Claims = @{ email_verified = $true }; More = @{ Claim = @{ email_verified = $true } }; Fits = $true }
        @{ What = 'another claim'; More = @{ Claim = @{ repository = 'org/other' } }; Fits = $false }
        @{ What = 'one claim of two'; More = @{ Claim = @{ repository = 'org/infra' }; ClaimLike = @{ ref = 'refs/tags/*' } }; Fits = $false }
        @{ What = 'a claim that is not there'; Claims = @{ ref = $null }; More = @{ ClaimLike = @{ ref = '*' } }; Fits = $false }
    ) {
        New-Rule fits ($More + @{ Role = 'reader' }) | Out-Null
        $claims = $Claims ?? @{}
        @((Connect-Job (New-JobToken $claims)).Roles) -contains 'reader' | Should -Be $Fits
    }

    It 'holds for sessions that are open, the moment it is changed' {
        $rule = New-Rule moving @{ Claim = @{ ref = 'refs/heads/main' }; Role = 'reader' }
        $job = Connect-Job
        (Get-MedatarunUser by.pipeline -Connection $job -ErrorAction Stop).UserName | Should -Be 'by.pipeline'
        $rule | Set-MedatarunTrustedIssuerRule -Claim @{ ref = 'refs/heads/other' }
        Get-Refusal { Get-MedatarunUser by.pipeline -Connection $job -ErrorAction Stop } | Should -Be 'PermissionDenied'
        $rule | Set-MedatarunTrustedIssuerRule -Role manager, reader
        @((Get-MedatarunUser -Current -Connection $job).Roles | Sort-Object) | Should -Be @('manager', 'reader')
        (Set-MedatarunTrustedIssuerRule ci moving -Description 'For a while' -PassThru).Description | Should -Be 'For a while'
    }

    It 'goes round by file, and is found' {
        $file = Join-Path $TestDrive 'rules.csv'
        New-Rule first @{ Claim = [ordered]@{ a = 'x;y'; b = 'one', 'two;three' }; ClaimLike = @{ '/c/d' = 'p\**' }; Role = 'reader' } | Out-Null
        New-Rule second @{ Claim = @{ a = "it's `"so`"" }; Role = 'reader', 'manager'; Description = 'Two' } | Out-Null
        Get-MedatarunTrustedIssuerRule | Export-Csv $file
        $before = Get-MedatarunTrustedIssuerRule | Select-Object IssuerName, Name, Description, @{ n = 'C'; e = { "$($_.Conditions)" } }, @{ n = 'R'; e = { "$($_.Roles)" } }
        (Import-Csv $file | New-MedatarunTrustedIssuerRule -IfNotExists -ErrorAction Stop).Count | Should -Be 2
        Import-Csv $file | Set-MedatarunTrustedIssuerRule -ErrorAction Stop
        Import-Csv $file | Remove-MedatarunTrustedIssuerRule -Confirm:$false
        Import-Csv $file | New-MedatarunTrustedIssuerRule -ErrorAction Stop | Out-Null
        $after = Get-MedatarunTrustedIssuerRule | Select-Object IssuerName, Name, Description, @{ n = 'C'; e = { "$($_.Conditions)" } }, @{ n = 'R'; e = { "$($_.Roles)" } }
        ($after | ConvertTo-Json) | Should -BeExactly ($before | ConvertTo-Json)
        (Get-MedatarunTrustedIssuer ci | Get-MedatarunTrustedIssuerRule -Name sec*).Name | Should -Be 'second'
    }

    It 'is refused: <What>' -ForEach @(
        @{ What = 'no condition'; Id = 'BadCondition'; More = @{ Role = 'reader' } }
        @{ What = 'a role that is not there'; Id = 'RoleNotFound'; More = @{ Claim = @{ a = 'b' }; Role = 'no.such' } }
        @{ What = 'the role that may do everything'; Id = 'Managed'; More = @{ Claim = @{ a = 'b' }; Role = 'admin' } }
        @{ What = 'an empty pattern'; Id = 'BadCondition'; More = @{ ClaimLike = @{ a = '' }; Role = 'reader' } }
        @{ What = 'an issuer that is not there'; Id = 'IssuerNotFound'; Issuer = 'nobody'; More = @{ Claim = @{ a = 'b' }; Role = 'reader' } }
    ) {
        Get-Refusal { New-MedatarunTrustedIssuerRule ($Issuer ?? 'ci') bad @More -ErrorAction Stop } | Should -Be $Id
    }

    It 'has a name of its own, and is missed when it is not there' {
        $first = New-Rule named @{ Claim = @{ a = 'b' }; Role = 'reader' }
        Get-Refusal { New-Rule named @{ Claim = @{ a = 'c' }; Role = 'reader' } } | Should -Be 'IssuerRuleAlreadyExists'
        (New-MedatarunTrustedIssuerRule ci named -Claim @{ a = 'c' } -Role reader -IfNotExists).Id | Should -Be $first.Id
        Remove-MedatarunTrustedIssuerRule ci nothing, named -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-ErrorId $failed | Should -Be 'IssuerRuleNotFound'
        Get-MedatarunTrustedIssuerRule | Should -BeNullOrEmpty
    }
}

Describe 'A token' {
    BeforeAll {
        New-MedatarunTrustedIssuer ci -Authority $platform.Url -Audience $here -RuleRequired | Out-Null
        New-MedatarunTrustedIssuerRule ci main -Claim @{ repository = 'org/infra' } -Role reader | Out-Null
        $stranger = New-TestIssuer
    }
    AfterAll {
        Get-MedatarunTrustedIssuer | Remove-MedatarunTrustedIssuer -Confirm:$false
        Remove-TestIssuer $stranger
    }

    It 'that is good is accepted, and the test says what it would give' {
        $found = New-JobToken | Test-MedatarunTrustedIssuer -ErrorAction Stop
        $found.Accepted, $found.IssuerName, "$($found.Rules)", "$($found.Roles)" | Should -Be @($true, 'ci', 'main', 'reader')
        $found.Subject | Should -Be 'repo:org/infra:ref:refs/heads/main'
        ($found.ExpiresAt - [DateTimeOffset]::UtcNow).TotalMinutes | Should -BeLessOrEqual 5
        $found.Checks.Passed | Should -Not -Contain $false
        New-JobToken | Test-MedatarunTrustedIssuer -Quiet | Should -BeTrue
    }

    It 'is refused for its <Check>, which the test tells and the refusal does not' -ForEach @(
        @{ Check = 'issuer'; Id = 'InvalidToken'; Make = { New-TestToken $stranger @{ aud = $here } } }
        @{ Check = 'audience'; Id = 'InvalidToken'; Make = { New-JobToken -Claims @{} | Out-Null; New-TestToken $platform @{ aud = 'https://other.example.org' } } }
        @{ Check = 'time'; Id = 'TokenExpired'; Make = { New-JobToken @{} -120 } }
        @{ Check = 'signature'; Id = 'InvalidToken'; Make = { $parts = (New-JobToken).Split('.'); "$($parts[0]).$($parts[1]).$((New-JobToken @{ jti = 'x' }).Split('.')[2])" } }
        @{ Check = 'rule'; Id = 'InvalidToken'; Make = { New-JobToken @{ repository = 'org/other' } } }
        @{ Check = 'format'; Id = 'InvalidToken'; Make = { 'not-a-token' } }
    ) {
        $token = & $Make
        $found = $token | Test-MedatarunTrustedIssuer -ErrorAction Stop
        $found.Accepted | Should -BeFalse
        @($found.Checks).Where{ -not $_.Passed }.Check | Should -Be $Check
        $found | ConvertTo-Json -Depth 5 | Should -Not -BeLike "*$token*"
        $token | Test-MedatarunTrustedIssuer -Quiet | Should -BeFalse
        Get-Refusal { Connect-Job $token } | Should -Be $Id
    }

    It 'of an actor who was disabled is refused, and taken again afterwards' {
        $job = Connect-Job
        $actor = Get-MedatarunActor | Where-Object Issuer -EQ $platform.Url
        $actor | Disable-MedatarunActor
        try {
            Get-Refusal { Get-MedatarunUser -Current -Connection $job } | Should -Be 'InvalidToken'
            Get-Refusal { Connect-Job } | Should -Be 'InvalidToken'
            @((New-JobToken | Test-MedatarunTrustedIssuer).Checks).Where{ -not $_.Passed }.Check | Should -Be 'actor'
        }
        finally { $actor | Enable-MedatarunActor }
        (Connect-Job).Roles | Should -Be 'reader'
    }

    It 'works as it is, without an exchange' {
        $direct = try { Connect-Medatarun $test.Url -AccessToken (ConvertTo-Secret (New-JobToken)) -PassThru } finally { $test.Admin | Connect-Medatarun }
        $direct.Source, "$($direct.Roles)" | Should -Be @('AccessToken', 'reader')
    }

    It 'whose issuer cannot be reached is the server''s trouble and not the token''s' {
        $gone = New-TestIssuer
        New-MedatarunTrustedIssuer gone -Authority $gone.Url | Out-Null
        $token = New-TestToken $gone
        Remove-TestIssuer $gone
        Get-Refusal { Connect-Job $token } | Should -Be 'IssuerUnavailable'
    }
}
