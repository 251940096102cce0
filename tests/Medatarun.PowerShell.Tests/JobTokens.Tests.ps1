#Requires -Version 7.6
# Connect-Medatarun with the token of a job, and of another issuer. Which place comes before which, the client's own tests show.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Support/TestIssuer.psm1') -Force
    $stub = New-StubServer
    $here = $stub.Url.TrimEnd('/')
    $stub.Answer("/idtoken?a=b&audience=$([uri]::EscapeDataString($here))", 200, '{"value":"for.this.server"}')
    $stub.Answer('/idtoken?a=b&audience=other', 200, '{"value":"for.another"}')
    $stub.Answer('/oidctoken?api-version=7.1', 200, '{"oidcToken":"of.azure"}')
    $stub.Answer('/oidctoken?api-version=7.1&serviceConnectionId=6e7c', 200, '{"oidcToken":"of.the.connection"}')
    $file = Join-Path ([IO.Path]::GetTempPath()) "medatarun-token-$PID-$(Get-Random)"
    Set-Content $file 'of.a.file'
    $github = @{ ACTIONS_ID_TOKEN_REQUEST_URL = "$here/idtoken?a=b"; ACTIONS_ID_TOKEN_REQUEST_TOKEN = 'x' }
    $azure = @{ SYSTEM_OIDCREQUESTURI = "$here/oidctoken"; SYSTEM_ACCESSTOKEN = 'x' }
    $anybody = @{ MEDATARUN_ID_TOKEN = 'of.a.variable' }
    $gitlab = @{ GITLAB_CI = 'true'; MINE = 'of.gitlab' }
    $named = @{ MEDATARUN_TOKEN_FILE = $file }
    $pod = @{ MEDATARUN_TOKEN_FILE = $file; KUBERNETES_SERVICE_HOST = '10.0.0.1' }
    function Get-Exchanged { ($stub.Bodies[$stub.Requests.IndexOf('/api/auth/token_exchange')] | ConvertFrom-Json).token }
}

AfterAll {
    try { Disconnect-Medatarun } catch { $null = $_ }
    $stub.Dispose()
    Remove-Item $file -ErrorAction Ignore
}

Describe 'A job of <Source>' -ForEach @(
    @{ Source = 'GitHubActions'; Job = 'github'; Token = 'for.this.server' }
    @{ Source = 'GitHubActions'; Job = 'github'; Token = 'for.another'; More = @{ Audience = 'other' } }
    @{ Source = 'AzureDevOps'; Job = 'azure'; Token = 'of.azure' }
    @{ Source = 'AzureDevOps'; Job = 'azure'; Token = 'of.the.connection'; More = @{ ServiceConnectionId = '6e7c' } }
    @{ Source = 'TokenVariable'; Job = 'anybody'; Token = 'of.a.variable' }
    @{ Source = 'GitLabCI'; Job = 'gitlab'; Token = 'of.gitlab'; More = @{ Variable = 'MINE' } }
    @{ Source = 'TokenFile'; Job = 'named'; Token = 'of.a.file' }
    @{ Source = 'Kubernetes'; Job = 'pod'; Token = 'of.a.file' }
) {
    It 'signs in with its token <Token>, and says where that was' {
        $stub.Forget()
        $more = $More ?? @{}
        $said = Invoke-AsJob (Get-Variable $Job -ValueOnly) { Connect-Medatarun $stub.Url -FromEnvironment -Verbose @more 4>&1 | ForEach-Object ToString }
        Get-Exchanged | Should -BeExactly $Token
        (Get-MedatarunContext).Source | Should -BeExactly $Source
        @($said -like "The job's token is from *($Source).").Count | Should -Be 1
        @($said -like "*$Token*").Count | Should -Be 0
    }
}

Describe 'A token of another issuer' {
    It 'is exchanged, and the connection does not renew itself' {
        $stub.Forget()
        $context = Connect-Medatarun $stub.Url -FederatedToken (ConvertTo-Secret 'the.other.token') -PassThru
        Get-Exchanged | Should -BeExactly 'the.other.token'
        $context.Source, $context.UserName | Should -Be @('FederatedToken', 'admin')
        $stub.AnswerOnly('/api/auth/user_get', 401, (Get-ProblemJson 'token_expired' 401 'The access token has expired.'))
        $failure = $null
        try { Get-MedatarunUser john.doe -Connection $context } catch { $failure = $_ }
        Get-ErrorId $failure | Should -Be 'TokenExpired'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'Sign in again'
        $stub.Requests | Should -Not -Contain '/api/auth/token_refresh'
    }

    It 'that is refused leaves the connection of before in place: <Code>' -ForEach @(
        @{ Code = 'invalid_token'; Status = 401; Id = 'InvalidToken' }, @{ Code = 'token_expired'; Status = 401; Id = 'TokenExpired' }
        @{ Code = 'issuer_unavailable'; Status = 503; Id = 'IssuerUnavailable' }
    ) {
        Connect-Stub $stub
        $refusing = New-StubServer
        try {
            $refusing.AnswerOnly('/api/auth/token_exchange', $Status, (Get-ProblemJson $Code $Status 'No.'))
            { Connect-Medatarun $refusing.Url -FederatedToken (ConvertTo-Secret x) } | Should -Throw -ErrorId "$Id,*"
            Invoke-AsJob $anybody { { Connect-Medatarun $refusing.Url -FromEnvironment } | Should -Throw -ErrorId "$Id,*" }
        }
        finally { $refusing.Dispose() }
        (Get-MedatarunContext).Url | Should -Be $stub.Url
    }
}

Describe 'A job without a token' {
    It 'is an error that says what was looked at, and ends the command' {
        $failure = $null
        Invoke-AsJob @{ GITHUB_ACTIONS = 'true' } { try { Connect-Medatarun $stub.Url -FromEnvironment } catch { $script:failure = $_ } }
        Get-ErrorId $script:failure | Should -Be 'NoFederatedToken'
        $script:failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        foreach ($place in 'MEDATARUN_ID_TOKEN', 'MEDATARUN_TOKEN_FILE', 'ACTIONS_ID_TOKEN_REQUEST_URL', 'SYSTEM_OIDCREQUESTURI', '/var/run/secrets/tokens/medatarun') {
            $script:failure.ErrorDetails.Message | Should -BeLike "*$place*"
        }
        $script:failure.ErrorDetails.Message | Should -BeLike '*id-token: write*'
        $script:failure.ErrorDetails.RecommendedAction | Should -BeLike '*about_Medatarun_FederatedIdentity*'
    }

    It 'is <Id> when <What>' -ForEach @(
        @{ Id = 'NoFederatedToken'; Category = 'ObjectNotFound'; What = 'the variable that was named is empty'; Job = @{ MEDATARUN_ID_TOKEN = 'x' }; More = @{ Variable = 'NO_SUCH' } }
        @{ Id = 'FederatedTokenUnavailable'; Category = 'ResourceUnavailable'; What = 'the file that was named is not there'; Job = @{ MEDATARUN_TOKEN_FILE = '/no/such/file' } }
        @{ Id = 'FederatedTokenUnavailable'; Category = 'ResourceUnavailable'; What = 'the platform cannot be reached'
            Job = @{ ACTIONS_ID_TOKEN_REQUEST_URL = 'http://127.0.0.1:1/'; ACTIONS_ID_TOKEN_REQUEST_TOKEN = 'x' }
        }
        @{ Id = 'InsecureUrl'; Category = 'SecurityError'; What = 'the platform would be asked in clear'
            Job = @{ SYSTEM_OIDCREQUESTURI = 'http://10.0.0.1/'; SYSTEM_ACCESSTOKEN = 'x' }
        }
        @{ Id = 'InvalidUrl'; Category = 'InvalidArgument'; What = 'the address of the platform is none'
            Job = @{ ACTIONS_ID_TOKEN_REQUEST_URL = 'nonsense'; ACTIONS_ID_TOKEN_REQUEST_TOKEN = 'x' }
        }
    ) {
        $more = $More ?? @{}
        $script:failure = $null
        Invoke-AsJob $Job { try { Connect-Medatarun $stub.Url -FromEnvironment @more } catch { $script:failure = $_ } }
        Get-ErrorId $script:failure | Should -Be $Id
        $script:failure.CategoryInfo.Category | Should -Be $Category
    }
}
