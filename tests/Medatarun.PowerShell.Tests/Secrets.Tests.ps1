#Requires -Version 7.6
# Sentinel secrets go through every cmdlet and are looked for in every stream, object and serialization.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Support/TestIssuer.psm1') -Force
    $secrets = Get-Sentinel
    $stub = New-StubServer
    $manifest = Get-ManifestPath

    # Runs a script with every stream open, in a runspace that records all of them, and returns what they held as text.
    function Get-EveryStream([string] $Script, [hashtable] $Variables = @{}) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$manifest'").Invoke()
            $shell.Commands.Clear()
            foreach ($name in $Variables.Keys) { $shell.Runspace.SessionStateProxy.SetVariable($name, $Variables[$name]) }
            foreach ($stream in 'Verbose', 'Debug', 'Information') { $shell.Runspace.SessionStateProxy.SetVariable("${stream}Preference", 'Continue') }
            $output = $shell.AddScript($Script).Invoke()
            $records = @($shell.Streams.Error) + @($shell.Streams.Warning) + @($shell.Streams.Verbose) + @($shell.Streams.Debug) +
                @($shell.Streams.Information) + @($shell.Streams.Progress)
            $text = @(
                $output | Out-String -Width 500
                $output | Format-List * -Force | Out-String -Width 500
                $output | Where-Object { $_ } | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue
                $output | ConvertTo-Csv
                [System.Management.Automation.PSSerializer]::Serialize($output, 6)
                $records | ForEach-Object { "$_" }
                $records | Format-List * -Force | Out-String -Width 500
                $shell.Streams.Error | ForEach-Object { $_.Exception.ToString(); $_.ErrorDetails; $_.TargetObject | Out-String }
            ) -join "`n"
            [pscustomobject]@{ Text = $text; Output = $output; Verbose = @($shell.Streams.Verbose).Message; Errors = @($shell.Streams.Error) }
        }
        finally { $shell.Dispose() }
    }

    $variables = @{
        url = $stub.Url; password = (ConvertTo-Secret $secrets.Password); new = (ConvertTo-Secret $secrets.NewPassword)
        token = (ConvertTo-Secret $secrets.Token); jobToken = (ConvertTo-Secret $secrets.JobToken); apiToken = (ConvertTo-Secret $secrets.ApiToken); bootstrap = (ConvertTo-Secret $secrets.Bootstrap)
        credential = (New-TestCredential admin)
    }

    function Assert-NoSecret([string] $Text) {
        foreach ($secret in $secrets.PSObject.Properties) {
            $Text | Should -Not -BeLike "*$($secret.Value)*"
            # How Export-Clixml writes a SecureString where there is no DPAPI, and how Basic would carry it.
            $Text | Should -Not -BeLike "*$([Convert]::ToHexString([Text.Encoding]::Unicode.GetBytes($secret.Value)))*"
            $Text | Should -Not -BeLike "*$([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($secret.Value)))*"
        }
    }
}

AfterAll { $stub.Dispose() }

Describe 'No secret is in any stream or object of <Name>' -ForEach @(
    @{ Name = 'signing in by password'; Script = 'Connect-Medatarun $url -Credential $credential -PassThru; Get-MedatarunContext' }
    @{ Name = 'signing in by token'; Script = 'Connect-Medatarun $url -AccessToken $token -PassThru' }
    @{ Name = 'a new token'; Script = 'New-MedatarunToken $url -Credential $credential' }
    @{ Name = 'the first administrator'; Script = 'Initialize-MedatarunAdmin $url -Credential $credential -BootstrapSecret $bootstrap' }
    @{ Name = 'a new user'; Script = 'Connect-Medatarun $url -AccessToken $token; New-MedatarunUser john.doe "John" -Password $password; New-MedatarunUser john.doe "John" -Password $password -WhatIf' }
    @{ Name = 'a new password'; Script = 'Connect-Medatarun $url -AccessToken $token; Set-MedatarunUserPassword john.doe -NewPassword $new -PassThru; Set-MedatarunUserPassword -OldPassword $password -NewPassword $new -PassThru' }
    @{ Name = 'a connection that renews itself'; Expiring = $true; Script = 'Connect-Medatarun $url -Credential $credential -PassThru; Get-MedatarunUser john.doe; Get-MedatarunContext' }
    @{ Name = 'a token for others'; Script = 'Connect-Medatarun $url -AccessToken $token; New-MedatarunToken -Principal john.doe; New-MedatarunToken -Principal john.doe -WhatIf' }
    @{ Name = 'a new API token'; Script = 'Connect-Medatarun $url -AccessToken $token; New-MedatarunApiToken deploy; Get-MedatarunApiToken' }
    @{ Name = 'signing in by API token'; Script = 'Connect-Medatarun $url -AccessToken $apiToken -PassThru; Test-MedatarunConnection -Detailed; Get-MedatarunSession; Disconnect-Medatarun' }
    @{ Name = 'a new API token as text'; Script = 'Connect-Medatarun $url -AccessToken $token; $null = New-MedatarunApiToken deploy -AsPlainText; $null = New-MedatarunApiToken deploy -AsPlainText -WhatIf' }
    @{ Name = 'signing in by a token of another issuer'; Script = 'Connect-Medatarun $url -FederatedToken $jobToken -PassThru; Get-MedatarunContext' }
    @{ Name = 'signing in by a job''s variable'; Job = @{ MEDATARUN_ID_TOKEN = $true }; Script = 'Connect-Medatarun $url -FromEnvironment -PassThru' }
    @{ Name = 'signing in by a job of GitHub Actions'; Job = @{ ACTIONS_ID_TOKEN_REQUEST_URL = 'idtoken?a=b'; ACTIONS_ID_TOKEN_REQUEST_TOKEN = $true }
        Script = 'Connect-Medatarun $url -FromEnvironment -Audience me -PassThru'
    }
    @{ Name = 'signing in by a job of Azure DevOps'; Job = @{ SYSTEM_OIDCREQUESTURI = 'oidctoken'; SYSTEM_ACCESSTOKEN = $true }
        Script = 'Connect-Medatarun $url -FromEnvironment -PassThru'
    }
    @{ Name = 'a test of a token'; Script = 'Connect-Medatarun $url -AccessToken $token; Test-MedatarunTrustedIssuer $jobToken; Test-MedatarunTrustedIssuer $jobToken -Quiet' }
    @{ Name = 'any operation'; Script = 'Connect-Medatarun $url -AccessToken $token; Invoke-MedatarunApi change_my_password -Body @{ oldPassword = $password; newPassword = $new }' }
    @{ Name = 'a test of the connection'; Script = 'Connect-Medatarun $url -AccessToken $token; Test-MedatarunConnection -Detailed; Disconnect-Medatarun' }
) {
    It 'whatever becomes of it' {
        # A token without a life is renewed before each use, and so is what it is renewed with.
        $seconds = $Expiring ? 0 : 3600
        foreach ($operation in 'login', 'token_refresh') { $stub.AnswerOnly("/api/auth/$operation", 200, (Get-SignInJson $seconds -Refreshable)) }
        $stub.Forget()
        $stub.AnswerOnly('/idtoken?a=b&audience=me', 200, (@{ value = $secrets.JobToken } | ConvertTo-Json))
        $stub.AnswerOnly('/oidctoken?api-version=7.1', 200, (@{ oidcToken = $secrets.JobToken } | ConvertTo-Json))
        $set = @{}
        foreach ($name in @($Job.Keys).Where{ $_ }) {
            $set[$name] = $Job[$name] -is [string] ? "$($stub.Url)$($Job[$name])" : $name -eq 'MEDATARUN_ID_TOKEN' ? $secrets.JobToken : $secrets.RequestToken
        }
        $run = Invoke-AsJob $set { Get-EveryStream $Script $variables }
        $run.Errors | Should -BeNullOrEmpty
        @($stub.Requests -like '*/token_refresh').Count -gt 0 | Should -Be ([bool] $Expiring)
        $run.Verbose | Should -Not -BeNullOrEmpty
        Assert-NoSecret $run.Text
    }
}

Describe 'No secret is in an error' {
    It 'of <Code>' -ForEach @(@{ Code = 'bad_password'; Status = 400 }, @{ Code = 'user_already_exists'; Status = 409 }, @{ Code = 'invalid_token'; Status = 401 }) {
        $refusing = New-StubServer
        try {
            $refusing.AnswerOnly('/api/auth/user_create', $Status, (Get-ProblemJson $Code $Status 'Refused.'))
            $there = $variables.Clone()
            $there.url = $refusing.Url
            $run = Get-EveryStream 'Connect-Medatarun $url -AccessToken $token; New-MedatarunUser john.doe "John" -Password $password' $there
            $run.Errors.Count | Should -Be 1
            Assert-NoSecret $run.Text
        }
        finally { $refusing.Dispose() }
    }
}

Describe 'No secret is in the refusal of a job''s token' {
    It 'by <Who>' -ForEach @(@{ Who = 'the platform'; Status = 403 }, @{ Who = 'the server'; Status = 200 }) {
        $refusing = New-StubServer
        try {
            $refusing.AnswerOnly('/idtoken', 200, '{}')
            $refusing.AnswerOnly('/idtoken?audience=me', $Status, (@{ value = $secrets.JobToken } | ConvertTo-Json))
            $refusing.AnswerOnly('/api/auth/token_exchange', 401, (Get-ProblemJson 'invalid_token' 401 'The access token is not valid.'))
            $there = $variables.Clone()
            $there.url = $refusing.Url
            $job = @{ ACTIONS_ID_TOKEN_REQUEST_URL = "$($refusing.Url)idtoken"; ACTIONS_ID_TOKEN_REQUEST_TOKEN = $secrets.RequestToken }
            $run = Invoke-AsJob $job { Get-EveryStream 'try { Connect-Medatarun $url -FromEnvironment -Audience me } catch { Write-Error $_ }' $there }
            $run.Errors.Count | Should -Be 1
            Get-ErrorId $run.Errors | Should -Be ($Status -eq 403 ? 'FederatedTokenUnavailable' : 'InvalidToken')
            Assert-NoSecret $run.Text
        }
        finally { $refusing.Dispose() }
    }
}

Describe 'The search for secrets' {
    It 'finds one in <_>' -ForEach 'output', 'verbose', 'error' {
        $script = @{ output = "'$($secrets.Token)'"; verbose = "Write-Verbose '$($secrets.Token)'"; error = "Write-Error '$($secrets.Token)'" }[$_]
        $run = Get-EveryStream $script
        { Assert-NoSecret $run.Text } | Should -Throw
    }
}

Describe 'Verbose' {
    It 'is one line for each request: method, path, status, milliseconds, request id' {
        $run = Get-EveryStream 'Connect-Medatarun $url -AccessToken $token; Get-MedatarunUser john.doe' $variables
        $run.Verbose.Where{ $_ -match '^POST' }.Count | Should -Be 2
        $run.Verbose.Where{ $_ -match '^POST' } | Should -Match '^POST /api/auth/\w+ 200 \d+ ms stub-200$'
    }
}

Describe 'The environment' {
    It 'is left as it is' {
        $before = Get-ChildItem env: | Out-String
        Connect-Medatarun $stub.Url -AccessToken (ConvertTo-Secret $secrets.Token)
        New-MedatarunToken $stub.Url -Credential (New-TestCredential admin) | Out-Null
        Disconnect-Medatarun
        Get-ChildItem env: | Out-String | Should -BeExactly $before
    }
}

Describe 'An API token' {
    It 'is text for whoever asks for text, and gone from what was exported' {
        Connect-Medatarun $stub.Url -AccessToken (ConvertTo-Secret $secrets.Token)
        New-MedatarunApiToken deploy -AsPlainText | Should -BeExactly $secrets.ApiToken
        $token = New-MedatarunApiToken deploy
        ConvertFrom-SecureString $token.Token -AsPlainText | Should -BeExactly $secrets.ApiToken
        $file = Join-Path $TestDrive 'api-token.xml'
        $token | Export-Clixml $file
        $read = Import-Clixml $file
        $read.Name | Should -Be 'deploy'
        $read.PSObject.Properties.Name | Should -Not -Contain 'Token'
    }
}

Describe 'A token that was exported' {
    It 'is gone from what is read again' {
        $file = Join-Path $TestDrive 'token.xml'
        New-MedatarunToken $stub.Url -Credential (New-TestCredential admin) | Export-Clixml $file
        $read = Import-Clixml $file
        $read.UserName | Should -Be 'john.doe'
        $read.PSObject.Properties.Name | Should -Not -Contain 'AccessToken'
    }

    It 'leaves a connection that connects to nothing' {
        $file = Join-Path $TestDrive 'context.xml'
        Connect-Medatarun $stub.Url -AccessToken (ConvertTo-Secret $secrets.Token) -PassThru | Export-Clixml $file
        { Get-MedatarunUser -Connection (Import-Clixml $file) } | Should -Throw -ErrorId 'CannotConvertArgument*'
    }
}

Describe 'An answer that carries a token' {
    It 'hides it, by name of the member' {
        Connect-Medatarun $stub.Url -AccessToken (ConvertTo-Secret $secrets.Token)
        $answer = Invoke-MedatarunApi login -Body @{ username = 'john.doe'; password = (ConvertTo-Secret $secrets.Password) }
        $answer.access_token | Should -BeOfType ([securestring])
        $answer.token | Should -BeOfType ([securestring])
        $answer.refresh_token | Should -BeOfType ([securestring])
        $answer.user.username | Should -Be 'john.doe'
        ($stub.Bodies[-1] | ConvertFrom-Json).password | Should -BeExactly $secrets.Password
        (Invoke-MedatarunApi api_token_create -Body @{ name = 'deploy' }).token | Should -BeOfType ([securestring])
    }
}
