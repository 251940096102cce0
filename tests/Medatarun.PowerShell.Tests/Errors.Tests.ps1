#Requires -Version 7.6
# The error table: what every refusal looks like, and what it does to a pipeline and a script.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $null = [System.Reflection.Assembly]::LoadFrom((Join-Path (Get-RepositoryPath) 'bin/Medatarun.Contracts.dll'))

    # Id and category of every code that a server can send. A code of the catalogue that has no row fails.
    $table = @{
        malformed_request          = 'MalformedRequest', 'InvalidData'
        invalid_request            = 'InvalidRequest', 'InvalidArgument'
        bad_username               = 'BadUsername', 'InvalidArgument'
        bad_fullname               = 'BadFullname', 'InvalidArgument'
        bad_email                  = 'BadEmail', 'InvalidArgument'
        bad_password               = 'BadPassword', 'InvalidArgument'
        bad_key                    = 'BadKey', 'InvalidArgument'
        managed                    = 'Managed', 'InvalidOperation'
        permission_cycle           = 'PermissionCycle', 'InvalidArgument'
        exceeds_authority          = 'ExceedsAuthority', 'PermissionDenied'
        permission_not_found       = 'PermissionNotFound', 'ObjectNotFound'
        service_account_not_found  = 'ServiceAccountNotFound', 'ObjectNotFound'
        assignment_not_found       = 'AssignmentNotFound', 'ObjectNotFound'
        role_already_exists        = 'RoleAlreadyExists', 'ResourceExists'
        group_already_exists       = 'GroupAlreadyExists', 'ResourceExists'
        permission_already_exists  = 'PermissionAlreadyExists', 'ResourceExists'
        registration_closed        = 'RegistrationClosed', 'NotEnabled'
        session_required           = 'SessionRequired', 'AuthenticationError'
        invalid_type               = 'InvalidType', 'InvalidArgument'
        invalid_grant              = 'InvalidGrant', 'AuthenticationError'
        session_not_found          = 'SessionNotFound', 'ObjectNotFound'
        api_token_not_found        = 'ApiTokenNotFound', 'ObjectNotFound'
        api_token_limit            = 'ApiTokenLimit', 'LimitsExceeded'
        principal_type_mismatch    = 'PrincipalTypeMismatch', 'InvalidOperation'
        principal_disabled         = 'PrincipalDisabled', 'InvalidOperation'
        not_yourself               = 'NotYourself', 'InvalidOperation'
        role_not_found             = 'RoleNotFound', 'ObjectNotFound'
        group_not_found            = 'GroupNotFound', 'ObjectNotFound'
        authentication_required    = 'AuthenticationRequired', 'AuthenticationError'
        invalid_token              = 'InvalidToken', 'AuthenticationError'
        token_expired              = 'TokenExpired', 'AuthenticationError'
        bad_credentials            = 'BadCredentials', 'AuthenticationError'
        bad_bootstrap_secret       = 'BadBootstrapSecret', 'AuthenticationError'
        permission_denied          = 'PermissionDenied', 'PermissionDenied'
        bad_old_password           = 'BadOldPassword', 'PermissionDenied'
        route_not_found            = 'RouteNotFound', 'ObjectNotFound'
        operation_not_found        = 'OperationNotFound', 'ObjectNotFound'
        user_not_found             = 'UserNotFound', 'ObjectNotFound'
        actor_not_found            = 'ActorNotFound', 'ObjectNotFound'
        method_not_allowed         = 'MethodNotAllowed', 'ProtocolError'
        user_already_exists        = 'UserAlreadyExists', 'ResourceExists'
        email_already_used         = 'EmailAlreadyUsed', 'ResourceExists'
        last_admin                 = 'LastAdmin', 'InvalidOperation'
        bootstrap_already_consumed = 'BootstrapAlreadyConsumed', 'InvalidOperation'
        request_too_large          = 'RequestTooLarge', 'LimitsExceeded'
        unsupported_media_type     = 'UnsupportedMediaType', 'ProtocolError'
        unsupported_password_hash  = 'UnsupportedPasswordHash', 'InvalidArgument'
        bad_state                  = 'BadState', 'InvalidArgument'
        state_changed              = 'StateChanged', 'InvalidOperation'
        throttled                  = 'Throttled', 'ResourceBusy'
        internal_error             = 'InternalError', 'NotSpecified'
        storage_unavailable        = 'StorageUnavailable', 'ResourceUnavailable'
        bad_issuer                 = 'BadIssuer', 'InvalidArgument'
        bad_condition              = 'BadCondition', 'InvalidArgument'
        issuer_not_found           = 'IssuerNotFound', 'ObjectNotFound'
        issuer_rule_not_found      = 'IssuerRuleNotFound', 'ObjectNotFound'
        issuer_already_exists      = 'IssuerAlreadyExists', 'ResourceExists'
        issuer_rule_already_exists = 'IssuerRuleAlreadyExists', 'ResourceExists'
        issuer_unavailable         = 'IssuerUnavailable', 'ResourceUnavailable'
    }
    $codes = foreach ($problem in [Medatarun.Contracts.Problems.ProblemCatalogue]::All) {
        $id, $category = $table[$problem.Code]
        @{ Code = $problem.Code; Status = $problem.Status; Action = $problem.Action; Id = $id; Category = $category; Ends = $problem.Status -eq 401 }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $pwsh = (Get-Process -Id $PID).Path
}

Describe 'The problem <Code>' -ForEach $codes {
    BeforeAll {
        $stub = New-StubServer
        Connect-Stub $stub
        $stub.AnswerOnly('/api/auth/user_enable', $Status, (Get-ProblemJson $Code $Status "The server's own sentence."))
    }
    AfterAll { $stub.Dispose() }

    It 'has a row in the table' { $Id | Should -Not -BeNullOrEmpty }

    It 'becomes an error with a stable id, a category, a target, the sentence and what to do' {
        $failure = $null
        try { Enable-MedatarunUser john.doe -ErrorAction Stop } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -BeExactly "$Id,Medatarun.PowerShell.Commands.EnableMedatarunUserCommand"
        $failure.CategoryInfo.Category | Should -Be $Category
        $failure.TargetObject | Should -Be 'john.doe'
        $failure.ErrorDetails.Message | Should -BeExactly "The server's own sentence."
        $failure.ErrorDetails.RecommendedAction | Should -BeExactly $Action
        $failure.Exception | Should -BeOfType 'Medatarun.Client.MedatarunException'
        $failure.Exception.Code | Should -BeExactly $Code
        $failure.Exception.Status | Should -Be $Status
        $failure.Exception.RequestId | Should -Be 'stub'
    }

    It 'ends the command only when every further item would fail alike' {
        $stub.Forget()
        $caught = $false
        try { 'a.a', 'b.b', 'c.c' | Enable-MedatarunUser -ErrorAction SilentlyContinue -ErrorVariable failed } catch { $caught = $true }
        $caught | Should -Be $Ends
        $stub.Requests.Count | Should -Be ($Ends ? 1 : 3)
    }
}

Describe 'What happens without a server' {
    BeforeAll {
        $stub = New-StubServer
        Connect-Stub $stub
        $lost = Get-MedatarunContext
        $stub.Dispose()
    }

    It 'is ServerUnreachable, once, and ends the command' {
        { 'a.a', 'b.b' | Enable-MedatarunUser -Connection $lost -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'ServerUnreachable,*'
    }

    It 'is a ConnectionError that says which address' {
        $failure = $null
        try { Get-MedatarunUser -Connection $lost } catch { $failure = $_ }
        $failure.CategoryInfo.Category | Should -Be 'ConnectionError'
        $failure.ErrorDetails.Message | Should -Match '127\.0\.0\.1:\d+ cannot be reached'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}

Describe 'An answer that is not one of a Medatarun server' {
    It 'is UnexpectedAnswer: <What>' -ForEach @(
        @{ What = 'a page with 200'; Status = 200; Body = '<html>' }
        @{ What = 'a page with 502'; Status = 502; Body = '<html>' }
        @{ What = 'JSON of another kind'; Status = 200; Body = '[1]' }
        @{ What = 'a problem without a code'; Status = 404; Body = '{"status":404}' }
    ) {
        $other = [Medatarun.PowerShell.Tests.Support.StubServer]::new()
        try {
            $other.Answer('/api/auth/whoami', $Status, $Body)
            { Connect-Medatarun $other.Url -AccessToken (ConvertTo-Secret 'x') } | Should -Throw -ErrorId 'UnexpectedAnswer,*'
        }
        finally { $other.Dispose() }
    }
}

Describe 'A refusal of members' {
    It 'says what is wrong with each' {
        $stub = New-StubServer
        try {
            Connect-Stub $stub
            $stub.Answer('/api/auth/user_weird', 400, (Get-ProblemJson 'invalid_request' 400 'A member is not valid.' @{ email = @('must be text'); groups = @('must be a list') }))
            Invoke-MedatarunApi user_weird -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed[0].ErrorDetails.Message | Should -Match 'email: must be text'
            $failed[0].ErrorDetails.Message | Should -Match 'groups: must be a list'
            $failed[0].Exception.Errors['email'] | Should -Be 'must be text'
        }
        finally { $stub.Dispose() }
    }
}

Describe 'An error and its script' {
    BeforeAll {
        $stub = New-StubServer
        Connect-Stub $stub
        $stub.AnswerOnly('/api/auth/user_delete', 404, (Get-ProblemJson 'user_not_found' 404 'User not found.'))

        function Invoke-Script([string] $Script) {
            $file = Join-Path $TestDrive 'script.ps1'
            Set-Content $file "Import-Module '$(Get-ManifestPath)'`n$Script"
            Set-EnvironmentSignIn (Get-Sentinel).Token $stub.Url
            try {
                $output = & $pwsh -NoProfile -NonInteractive -File $file 2>&1 | Out-String
                [pscustomobject]@{ ExitCode = $LASTEXITCODE; Output = $output }
            }
            finally { Clear-EnvironmentSignIn }
        }
    }
    AfterAll { $stub.Dispose() }

    It 'of one item is not caught, unless -ErrorAction is Stop' {
        $reached = $false
        try { Remove-MedatarunUser nobody -Confirm:$false -ErrorAction SilentlyContinue; $reached = $true } catch { $reached = $false }
        $reached | Should -BeTrue
        { Remove-MedatarunUser nobody -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*'
    }

    It 'is left out of $Error with -ErrorAction Ignore' {
        $before = $Error.Count
        Remove-MedatarunUser nobody -Confirm:$false -ErrorAction Ignore
        $Error.Count | Should -Be $before
    }

    It 'sets $? to false' {
        Remove-MedatarunUser nobody -Confirm:$false -ErrorAction SilentlyContinue
        $? | Should -BeFalse
    }

    It 'leaves exit code <ExitCode> with <Preference>' -ForEach @(
        @{ Preference = 'Continue'; ExitCode = 0 }, @{ Preference = 'Stop'; ExitCode = 1 }
    ) {
        $run = Invoke-Script "`$ErrorActionPreference = '$Preference'`nRemove-MedatarunUser nobody -Confirm:`$false`n'after'`nexit 0"
        $run.ExitCode | Should -Be $ExitCode
        $run.Output | Should -Match 'User not found'
        if ($Preference -eq 'Stop') { $run.Output | Should -Not -Match '(?m)^after' } else { $run.Output | Should -Match '(?m)^after' }
    }
}
