#Requires -Version 7.6
# What the cmdlets of trusted issuers and their rules send, and what they show: rows, objects and files go round.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $stub = New-StubServer
    function Get-LastBody { $stub.Bodies[-1] | ConvertFrom-Json }
    function Get-Condition { (Get-LastBody).conditions | ForEach-Object { $_ | ConvertTo-Json -Compress } }

    # As the server is to be sent them, nothing else in them.
    function ConvertTo-Condition($Claim, $Operator, $Value) {
        [pscustomobject]@{
            claim = $Claim; equals = $Operator -eq 'equals' ? $Value : $null; one_of = $Operator -eq 'one_of' ? $Value : $null
            glob = $Operator -eq 'glob' ? $Value : $null
        } | ConvertTo-Json -Compress
    }
    $three = @(
        ConvertTo-Condition repository equals 'org/infra'
        ConvertTo-Condition environment one_of @('a;b', "it's, c")
        ConvertTo-Condition '/realm/x' glob 'refs/*'
    )
}

AfterAll { $stub.Dispose() }

Describe 'A trusted issuer' {
    BeforeEach { Connect-Stub $stub }

    It 'is made of what is given, and of nothing else' {
        New-MedatarunTrustedIssuer ci https://ci.example.org/ -JwksUri https://ci.example.org/keys -Algorithm RS256, ES256 -Audience a, b -RuleRequired -Disabled | Out-Null
        $body = Get-LastBody
        $body.name, $body.issuer, $body.jwks, $body.authority | Should -Be @('ci', 'https://ci.example.org/', 'https://ci.example.org/keys', $null)
        $body.algorithms + $body.audiences | Should -Be @('RS256', 'ES256', 'a', 'b')
        $body.rule_required, $body.disabled | Should -Be @($true, $true)
        New-MedatarunTrustedIssuer ci -Authority https://ci.example.org | Out-Null
        (Get-LastBody).PSObject.Properties.Where{ $null -ne $_.Value }.Name | Should -Be @('name', 'authority')
    }

    It 'is made of each row of a file, and a bad row fails alone' {
        $rows = @'
Name,Issuer,JwksUri,Algorithms,Audiences,RuleRequired,Disabled
one,https://one.example.org,https://one.example.org/keys,ES256; PS256,a;b,yes,no
two,https://two.example.org,https://two.example.org/keys,,,perhaps,
three,https://three.example.org,https://three.example.org/keys,,,,1
'@ | ConvertFrom-Csv
        $stub.Forget()
        $made = $rows | New-MedatarunTrustedIssuer -ErrorAction SilentlyContinue -ErrorVariable failed
        $made.Count, $failed.Count | Should -Be @(2, 1)
        $failed[0].Exception.Message | Should -Match "parameter 'RuleRequired'"
        $one, $three = $stub.Bodies | ConvertFrom-Json
        $one.algorithms + $one.audiences + @($one.rule_required, $one.disabled) | Should -Be @('ES256', 'PS256', 'a', 'b', $true, $null)
        $three.name, $three.algorithms, $three.audiences, $three.rule_required, $three.disabled | Should -Be @('three', $null, $null, $null, $true)
    }

    It 'goes round by Get and Set without a change that nobody asked for' {
        Get-MedatarunTrustedIssuer github | Set-MedatarunTrustedIssuer
        $stub.Requests | Should -Not -Contain '/api/auth/issuer_update'
        Get-MedatarunTrustedIssuer github | Set-MedatarunTrustedIssuer -JwksUri https://ci.example.org/keys -Audience $null -RuleRequired $false
        $body = Get-LastBody
        $body.name, $body.jwks, $body.rule_required | Should -Be @('github', 'https://ci.example.org/keys', $false)
        $body.audiences.Count | Should -Be 0
        $null -eq $body.audiences | Should -BeFalse
        $body.authority, $body.algorithms, $body.disabled | Should -Be @($null, $null, $null)
    }

    It 'goes round by file and by Export-Clixml' {
        $csv, $xml = (Join-Path $TestDrive 'issuers.csv'), (Join-Path $TestDrive 'issuers.xml')
        Get-MedatarunTrustedIssuer github | Export-Csv $csv
        Get-MedatarunTrustedIssuer github | Export-Clixml $xml
        foreach ($read in (Import-Csv $csv), (Import-Clixml $xml)) {
            $stub.Forget()
            $read | Set-MedatarunTrustedIssuer -ErrorAction Stop
            $stub.Requests | Should -Be '/api/auth/issuer_get'
            $read | New-MedatarunTrustedIssuer -ErrorAction Stop | Out-Null
            $body = Get-LastBody
            $body.name, $body.issuer, $body.authority, $body.jwks | Should -Be @('github', 'https://ci.example.org', 'https://ci.example.org', $null)
            $body.algorithms, $body.audiences, $body.rule_required, $body.disabled | Should -Be @('RS256', 'https://id.example.org', $true, $null)
            $read | Remove-MedatarunTrustedIssuer -Confirm:$false
            (Get-LastBody).name | Should -Be 'github'
        }
    }

    It 'is found by name, by pattern, and by a rule of it' {
        (Get-MedatarunTrustedIssuer).Name | Should -Be @('github', 'gitlab')
        (Get-MedatarunTrustedIssuer git?ub).Name | Should -Be 'github'
        Get-MedatarunTrustedIssuerRule github main | Get-MedatarunTrustedIssuer | Out-Null
        (Get-LastBody).name | Should -Be 'github'
    }
}

Describe 'A rule' {
    BeforeEach { Connect-Stub $stub }

    It 'is made of values, lists and patterns' {
        $claim = [ordered]@{ repository = 'org/infra'; environment = 'a;b', "it's, c" }
        New-MedatarunTrustedIssuerRule github main -Claim $claim -ClaimLike @{ '/realm/x' = 'refs/*' } -Role manager, reader -Description D | Out-Null
        $body = Get-LastBody
        $body.issuer_name, $body.name, $body.description | Should -Be @('github', 'main', 'D')
        $body.roles | Should -Be @('manager', 'reader')
        Get-Condition | Should -Be $three
    }

    It 'compares true, false and numbers as the token has them' {
        New-MedatarunTrustedIssuerRule github main -Claim ([ordered]@{ b = $true; c = 1.5; l = @(1, $false); u = [uri]'https://a/' }) -Role reader | Out-Null
        (Get-LastBody).conditions.ForEach{ $_.'equals' } | Should -Be @('true', '1.5', $null, 'https://a/')
        (Get-LastBody).conditions[2].one_of | Should -Be @('1', 'false')
    }

    It 'looks the same each time it is made of the same hashtable' {
        $names = foreach ($try in 1..3) {
            New-MedatarunTrustedIssuerRule github main -Claim @{ z = '1'; a = '2'; m = '3'; b = '4' } -Role reader | Out-Null
            (Get-LastBody).conditions.claim -join ' '
        }
        $names | Select-Object -Unique | Should -Be 'a b m z'
    }

    It 'is refused for <What>, and the others go on' -ForEach @(
        @{ What = 'a value that is nothing'; Claim = @{ a = $null } }, @{ What = 'a table in a table'; Claim = @{ a = @{ b = 'c' } } }
        @{ What = 'two patterns of a claim'; Like = @{ a = 'b*', 'c*' } }
    ) {
        $rows = [pscustomobject]@{ Name = 'bad'; Claim = $Claim; ClaimLike = $Like }, [pscustomobject]@{ Name = 'good'; Claim = @{ a = 'b' } }
        $made = $rows | New-MedatarunTrustedIssuerRule -IssuerName github -Role reader -ErrorAction SilentlyContinue -ErrorVariable failed
        @($made).Count, $failed.Count | Should -Be @(1, 1)
        Get-ErrorId $failed | Should -Be 'BadCondition'
        $stub.Requests.Count | Should -Be 1
    }

    It 'of a row whose <Column> is text fails, and is not made without it' -ForEach @(@{ Column = 'Claim' }, @{ Column = 'ClaimLike' }, @{ Column = 'Conditions' }) {
        $rows = "IssuerName,Name,Roles,$Column`ngithub,main,reader,repository=org/infra" | ConvertFrom-Csv
        $rows | New-MedatarunTrustedIssuerRule -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Count | Should -Be 1
        $failed[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $stub.Requests | Should -BeNullOrEmpty
    }

    It 'comes from JSON that a person wrote' {
        '[{ "IssuerName": "github", "Name": "main", "Claim": { "repository": "org/infra", "environment": ["a;b", "it''s, c"] },
            "ClaimLike": { "/realm/x": "refs/*" }, "Role": ["reader"] }]' | ConvertFrom-Json | New-MedatarunTrustedIssuerRule -ErrorAction Stop | Out-Null
        Get-Condition | Should -Be $three
    }

    It 'goes round <How>, whatever is in its values' -ForEach @(
        @{ How = 'as it is'; Round = { $_ } }
        @{ How = 'by Export-Csv'; Round = { $_ | Export-Csv $file; Import-Csv $file } }
        @{ How = 'by Export-Clixml'; Round = { $_ | Export-Clixml $file; Import-Clixml $file } }
        @{ How = 'by JSON'; Round = { $_ | ConvertTo-Json -Depth 5 | ConvertFrom-Json } }
    ) {
        $file = Join-Path $TestDrive 'rules'
        $rule = Get-MedatarunTrustedIssuerRule github main | ForEach-Object $Round
        foreach ($command in { $rule | New-MedatarunTrustedIssuerRule -ErrorAction Stop }, { $rule | Set-MedatarunTrustedIssuerRule -ErrorAction Stop }) {
            & $command | Out-Null
            $body = Get-LastBody
            $body.issuer_name, $body.name, $body.description | Should -Be @('github', 'main', 'The main branch')
            $body.roles | Should -Be @('manager', 'reader')
            Get-Condition | Should -Be $three
        }
        $rule | Remove-MedatarunTrustedIssuerRule -Confirm:$false -ErrorAction Stop
        (Get-LastBody).issuer_name, (Get-LastBody).name | Should -Be @('github', 'main')
    }

    It 'that lost a list on its way is refused, and not made of the text that is left' {
        $rule = Get-MedatarunTrustedIssuerRule github main | ConvertTo-Json -Depth 2 -WarningAction Ignore | ConvertFrom-Json
        $rule | Set-MedatarunTrustedIssuerRule -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Count | Should -Be 1
        $stub.Requests | Should -Be '/api/auth/issuer_rule_list'
    }

    It 'gets the conditions that are said now, instead of those that came with it' {
        Get-MedatarunTrustedIssuerRule github main | Set-MedatarunTrustedIssuerRule -Claim @{ ref = 'x' }
        Get-Condition | Should -Be (ConvertTo-Condition ref equals x)
        $old = (Get-MedatarunTrustedIssuerRule github main).Conditions
        Set-MedatarunTrustedIssuerRule github main -Claim @{ ref = 'x' } -Condition $old
        Get-Condition | Should -Be (@(ConvertTo-Condition ref equals x) + $three)
        Set-MedatarunTrustedIssuerRule github main -Condition @{ Claim = 'ref'; Glob = '*' }, $old[0]
        Get-Condition | Should -Be @((ConvertTo-Condition ref glob '*'), $three[0])
    }

    It 'keeps what is not said' {
        Set-MedatarunTrustedIssuerRule github main -Description ''
        (Get-LastBody).PSObject.Properties.Where{ $null -ne $_.Value }.Name | Should -Be @('issuer_name', 'name', 'description')
        "IssuerName,Name,Roles,Conditions`ngithub,main,," | ConvertFrom-Csv | Set-MedatarunTrustedIssuerRule
        (Get-LastBody).PSObject.Properties.Where{ $null -ne $_.Value }.Name | Should -Be @('issuer_name', 'name')
    }

    It 'is made for an issuer that comes by pipeline' {
        Get-MedatarunTrustedIssuer github | New-MedatarunTrustedIssuerRule -Name main -Claim @{ a = 'b' } -Role reader | Out-Null
        (Get-LastBody).issuer_name, (Get-LastBody).name | Should -Be @('github', 'main')
    }

    It 'is found by issuer, by name and by pattern' {
        (Get-MedatarunTrustedIssuerRule).Name | Should -Be @('main', 'release')
        (Get-LastBody).issuer_name | Should -BeNullOrEmpty
        (Get-MedatarunTrustedIssuerRule github rel*, main).Name | Should -Be @('release', 'main')
        Get-MedatarunTrustedIssuer github | Get-MedatarunTrustedIssuerRule | Out-Null
        (Get-LastBody).issuer_name | Should -Be 'github'
        $found = Get-MedatarunTrustedIssuerRule github nothing, main -ErrorAction SilentlyContinue -ErrorVariable failed
        $found.Name | Should -Be 'main'
        Get-ErrorId $failed | Should -Be 'IssuerRuleNotFound'
        $failed[0].TargetObject | Should -Be 'nothing'
    }

    It 'shows its conditions as text and as objects' {
        $conditions = (Get-MedatarunTrustedIssuerRule github main).Conditions
        $conditions.ForEach{ "$_" } | Should -Be @('repository = org/infra', "environment in a;b, it's, c", '/realm/x like refs/*')
        $conditions.Claim | Should -Be @('repository', 'environment', '/realm/x')
        $conditions[0].EqualTo, $conditions[2].Glob | Should -Be @('org/infra', 'refs/*')
        $conditions[1].OneOf | Should -Be @('a;b', "it's, c")
    }
}

Describe 'What is shown' {
    It 'has a table of no more than 80 columns: <What>' -ForEach @(
        @{ What = 'issuers'; Script = { Get-MedatarunTrustedIssuer } }
        @{ What = 'rules'; Script = { Get-MedatarunTrustedIssuerRule } }
        @{ What = 'conditions'; Script = { (Get-MedatarunTrustedIssuerRule).Conditions } }
        @{ What = 'a test'; Script = { Test-MedatarunTrustedIssuer (ConvertTo-Secret x) } }
        @{ What = 'its checks'; Script = { (Test-MedatarunTrustedIssuer (ConvertTo-Secret x)).Checks } }
    ) {
        Connect-Stub $stub
        $lines = (& $Script | Out-String -Width 200).Split("`n").TrimEnd()
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $lines -join "`n" | Should -Match 'github|repository|issuer'
    }
}

Describe 'A test of a token' {
    BeforeEach { Connect-Stub $stub }
    AfterAll { $stub.AnswerOnly('/api/auth/issuer_test', 200, (Get-IssuerTestJson)) }

    It 'is typed, or true and false alone, and takes text by pipeline' {
        $test = Test-MedatarunTrustedIssuer (ConvertTo-Secret one)
        (Get-LastBody).token | Should -BeExactly 'one'
        $test | Should -BeOfType 'Medatarun.PowerShell.Objects.MedatarunTrustedIssuerTest'
        $test.Accepted, $test.IssuerName, $test.Subject, "$($test.Rules)", "$($test.Roles)" | Should -Be @($true, 'github', 'repo:org/infra', 'main', 'manager')
        $test.ExpiresAt | Should -Be ([DateTimeOffset]'2036-11-22T01:00:00Z')
        'two' | Test-MedatarunTrustedIssuer -Quiet | Should -BeTrue
        (Get-LastBody).token | Should -BeExactly 'two'
    }

    It 'that fails is no error, and says why' {
        $stub.AnswerOnly('/api/auth/issuer_test', 200, (Get-IssuerTestJson $false))
        $test = 'one' | Test-MedatarunTrustedIssuer -ErrorAction Stop
        $test.Accepted, $test.Subject, $test.ExpiresAt, $test.Roles.Count | Should -Be @($false, $null, $null, 0)
        $test.Checks.Check + $test.Checks.Passed | Should -Be @('issuer', 'audience', $true, $false)
        $test | Out-String | Should -Match 'Not for us'
        'one' | Test-MedatarunTrustedIssuer -Quiet | Should -BeFalse
    }
}
