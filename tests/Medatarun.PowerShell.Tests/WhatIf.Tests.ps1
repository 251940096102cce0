#Requires -Version 7.6
# -WhatIf, -Confirm and -PassThru, against a server that counts what it is asked.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $secrets = Get-Sentinel
    $stub = New-StubServer
    $secret = ConvertTo-Secret $secrets.Password
    $credential = New-TestCredential admin
}

AfterAll { $stub.Dispose() }

Describe '-WhatIf of <Name>' -ForEach @(
    @{ Name = 'New-MedatarunUser'; Script = { New-MedatarunUser a.b 'A B' -Password $secret -WhatIf } }
    @{ Name = 'New-MedatarunUser -IfNotExists'; Script = { New-MedatarunUser a.b 'A B' -Password $secret -IfNotExists -WhatIf } }
    @{ Name = 'Set-MedatarunUser'; Script = { Set-MedatarunUser a.b -FullName 'B' -PassThru -WhatIf } }
    @{ Name = 'Enable-MedatarunUser'; Script = { Enable-MedatarunUser a.b -PassThru -WhatIf } }
    @{ Name = 'Disable-MedatarunUser'; Script = { Disable-MedatarunUser a.b -PassThru -WhatIf } }
    @{ Name = 'Remove-MedatarunUser'; Script = { Remove-MedatarunUser a.b -PassThru -WhatIf } }
    @{ Name = 'Set-MedatarunUserPassword of a user'; Script = { Set-MedatarunUserPassword a.b -NewPassword $secret -PassThru -WhatIf } }
    @{ Name = 'Set-MedatarunUserPassword of oneself'; Script = { Set-MedatarunUserPassword -OldPassword $secret -NewPassword $secret -PassThru -WhatIf } }
    @{ Name = 'Initialize-MedatarunAdmin'; Script = { Initialize-MedatarunAdmin $stub.Url $credential -BootstrapSecret $secret -WhatIf } }
    @{ Name = 'New-MedatarunToken'; Script = { New-MedatarunToken $stub.Url $credential -WhatIf } }
    @{ Name = 'New-MedatarunToken for others'; Script = { New-MedatarunToken -Principal a.b, c.d -Type Operator -WhatIf } }
    @{ Name = 'Unlock-MedatarunUser'; Script = { Unlock-MedatarunUser a.b -PassThru -WhatIf } }
    @{ Name = 'Revoke-MedatarunSession'; Script = { Revoke-MedatarunSession a, b -WhatIf } }
    @{ Name = 'Revoke-MedatarunSession of all one''s own'; Script = { Revoke-MedatarunSession -All -WhatIf } }
    @{ Name = 'Revoke-MedatarunSession of all of somebody'; Script = { 'a.b', 'c.d' | Revoke-MedatarunSession -All -WhatIf } }
    @{ Name = 'New-MedatarunApiToken'; Script = { New-MedatarunApiToken a -Permission user_read -WhatIf } }
    @{ Name = 'New-MedatarunApiToken as text'; Script = { New-MedatarunApiToken a -AsPlainText -ExpiresAt 2036-01-01 -WhatIf } }
    @{ Name = 'Revoke-MedatarunApiToken'; Script = { 'a', 'b' | Revoke-MedatarunApiToken -WhatIf } }
    @{ Name = 'New-MedatarunTrustedIssuer'; Script = { New-MedatarunTrustedIssuer ci -Authority https://ci.example.org -WhatIf } }
    @{ Name = 'New-MedatarunTrustedIssuer -IfNotExists'; Script = { New-MedatarunTrustedIssuer ci -Authority https://ci.example.org -IfNotExists -WhatIf } }
    @{ Name = 'Set-MedatarunTrustedIssuer'; Script = { Set-MedatarunTrustedIssuer ci -Disabled $true -PassThru -WhatIf } }
    @{ Name = 'Remove-MedatarunTrustedIssuer'; Script = { 'a', 'b' | Remove-MedatarunTrustedIssuer -PassThru -WhatIf } }
    @{ Name = 'New-MedatarunTrustedIssuerRule'; Script = { New-MedatarunTrustedIssuerRule ci a -Claim @{ a = 'b' } -Role reader -WhatIf } }
    @{ Name = 'Set-MedatarunTrustedIssuerRule'; Script = { Set-MedatarunTrustedIssuerRule ci a -Role reader -PassThru -WhatIf } }
    @{ Name = 'Remove-MedatarunTrustedIssuerRule'; Script = { Remove-MedatarunTrustedIssuerRule ci a, b -PassThru -WhatIf } }
    @{ Name = 'Invoke-MedatarunApi of a change'; Script = { Invoke-MedatarunApi user_create -Body @{} -WhatIf } }
    @{ Name = 'Invoke-MedatarunApi of something unknown'; Script = { Invoke-MedatarunApi surprise -WhatIf } }
    @{ Name = 'Import-MedatarunUser'; Script = { Import-MedatarunUser (Join-Path $PSScriptRoot '../../examples/users.csv') -WhatIf } }
    @{ Name = 'Import-MedatarunUser of rows'; Script = { [pscustomobject]@{ UserName = 'a.b'; FullName = 'A' } | Import-MedatarunUser -GeneratePassword -WhatIf } }
    @{ Name = 'Export-MedatarunUser'; Script = { Export-MedatarunUser (Join-Path $TestDrive 'no.csv') -WhatIf } }
    @{ Name = 'Export-MedatarunState'; Script = { Export-MedatarunState (Join-Path $TestDrive 'no.json') -WhatIf } }
    @{ Name = 'Disconnect-Medatarun'; Script = { Disconnect-Medatarun -WhatIf } }
) {
    It 'sends nothing and returns nothing' {
        Connect-Stub $stub
        & $Script | Should -BeNullOrEmpty
        $stub.Requests | Should -BeNullOrEmpty
        Get-MedatarunContext | Should -Not -BeNullOrEmpty
    }
}

Describe '-WhatIf of what only reads' {
    It 'lets Invoke-MedatarunApi ask' {
        Connect-Stub $stub
        (Invoke-MedatarunApi whoami -WhatIf).username | Should -Be 'admin'
    }
}

Describe '-Confirm' {
    It 'is asked for to remove, and to nothing else' {
        # A host that cannot ask fails where it would have to ask.
        Connect-Stub $stub
        $context = Get-MedatarunContext
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript({
                    param($Manifest, $Context)
                    Import-Module $Manifest
                    Disable-MedatarunUser a.b -Connection $Context
                    Set-MedatarunUser a.b -FullName X -Connection $Context
                    Revoke-MedatarunSession a -Connection $Context
                    Revoke-MedatarunApiToken a -Connection $Context
                    Set-MedatarunTrustedIssuerRule ci a -Description X -Connection $Context
                    Remove-MedatarunUser a.b -Connection $Context
                    Remove-MedatarunTrustedIssuer ci -Connection $Context
                    Remove-MedatarunTrustedIssuerRule ci a -Connection $Context
                }).AddArgument((Get-ManifestPath)).AddArgument($context).Invoke()
            $asked = @($shell.Streams.Error)
        }
        finally { $shell.Dispose() }
        $asked.InvocationInfo.MyCommand.Name |
            Should -Be @('Remove-MedatarunUser', 'Remove-MedatarunTrustedIssuer', 'Remove-MedatarunTrustedIssuerRule')
        $stub.Requests | Should -Be @(
            '/api/auth/user_disable', '/api/auth/user_update', '/api/auth/session_revoke', '/api/auth/api_token_revoke', '/api/auth/issuer_rule_update')
    }
}

Describe '-PassThru' {
    BeforeEach { Connect-Stub $stub }

    It 'is what makes <Name> speak' -ForEach @(
        @{ Name = 'Set-MedatarunUser'; Script = { param($more) Set-MedatarunUser a.b -FullName X @more } }
        @{ Name = 'Enable-MedatarunUser'; Script = { param($more) Enable-MedatarunUser a.b @more } }
        @{ Name = 'Disable-MedatarunUser'; Script = { param($more) Disable-MedatarunUser a.b @more } }
        @{ Name = 'Unlock-MedatarunUser'; Script = { param($more) Unlock-MedatarunUser a.b @more } }
        @{ Name = 'Remove-MedatarunUser'; Script = { param($more) Remove-MedatarunUser a.b -Confirm:$false @more } }
        @{ Name = 'Set-MedatarunUserPassword'; Script = { param($more) Set-MedatarunUserPassword a.b -NewPassword $secret @more } }
    ) {
        & $Script @{} | Should -BeNullOrEmpty
        $user = & $Script @{ PassThru = $true }
        $user | Should -BeOfType 'Medatarun.PowerShell.Objects.MedatarunUser'
        $user.UserName | Should -Be 'john.doe'
    }
}

Describe '-PassThru of trusted issuers' {
    BeforeEach { Connect-Stub $stub }

    It 'is what makes <Name> speak' -ForEach @(
        @{ Name = 'Set-MedatarunTrustedIssuer'; Script = { param($more) Set-MedatarunTrustedIssuer github -Disabled $true @more } }
        @{ Name = 'Remove-MedatarunTrustedIssuer'; Script = { param($more) Remove-MedatarunTrustedIssuer github -Confirm:$false @more } }
        @{ Name = 'Set-MedatarunTrustedIssuerRule'; Rule = $true; Script = { param($more) Set-MedatarunTrustedIssuerRule github main -Role reader @more } }
        @{ Name = 'Remove-MedatarunTrustedIssuerRule'; Rule = $true; Script = { param($more) Remove-MedatarunTrustedIssuerRule github main -Confirm:$false @more } }
    ) {
        & $Script @{} | Should -BeNullOrEmpty
        $shown = & $Script @{ PassThru = $true }
        $shown | Should -BeOfType "Medatarun.PowerShell.Objects.MedatarunTrustedIssuer$($Rule ? 'Rule' : '')"
        $shown.Name | Should -Be ($Rule ? 'main' : 'github')
    }
}

Describe '-IfNotExists' {
    BeforeAll {
        $taken = New-StubServer
        $taken.AnswerOnly('/api/auth/user_create', 409, (Get-ProblemJson 'user_already_exists' 409 'User already exists.'))
    }
    AfterAll { $taken.Dispose() }

    It 'returns who is there' {
        Connect-Stub $taken
        (New-MedatarunUser john.doe 'John' -Password $secret -IfNotExists -ErrorAction Stop).UserName | Should -Be 'john.doe'
        { New-MedatarunUser john.doe 'John' -Password $secret -ErrorAction Stop } | Should -Throw -ErrorId 'UserAlreadyExists,*'
    }

    It 'is refused for the name of someone who was deleted' {
        Connect-Stub $taken
        $taken.AnswerOnly('/api/auth/user_get', 404, (Get-ProblemJson 'user_not_found' 404 'User not found.'))
        { New-MedatarunUser john.doe 'John' -Password $secret -IfNotExists -ErrorAction Stop } | Should -Throw -ErrorId 'UserAlreadyExists,*'
    }
}
