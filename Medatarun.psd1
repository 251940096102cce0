@{
    RootModule           = 'bin/Medatarun.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '5b0b7c0e-6a0e-4c55-9d0a-6b7f7c2f6f11'
    Author               = 'Medatarun contributors'
    CompanyName          = 'Medatarun'
    Copyright            = 'Copyright (c) Medatarun contributors. MIT licence.'
    Description          = 'Runs a small, self-contained identity server, and provisions its users from PowerShell.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('bin/Medatarun.format.ps1xml')
    TypesToProcess       = @('bin/Medatarun.types.ps1xml')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Add-MedatarunActorRole'
        'Add-MedatarunGroupMember'
        'Add-MedatarunGroupRole'
        'Add-MedatarunRolePermission'
        'Connect-Medatarun'
        'Disable-MedatarunActor'
        'Disable-MedatarunUser'
        'Disconnect-Medatarun'
        'Enable-MedatarunActor'
        'Enable-MedatarunUser'
        'Get-MedatarunActor'
        'Get-MedatarunApiToken'
        'Get-MedatarunContext'
        'Get-MedatarunGroup'
        'Get-MedatarunPermission'
        'Get-MedatarunRole'
        'Get-MedatarunServer'
        'Get-MedatarunServiceAccount'
        'Get-MedatarunSession'
        'Get-MedatarunUser'
        'Initialize-MedatarunAdmin'
        'Invoke-MedatarunApi'
        'New-MedatarunApiToken'
        'New-MedatarunGroup'
        'New-MedatarunRole'
        'New-MedatarunServiceAccount'
        'New-MedatarunToken'
        'New-MedatarunUser'
        'Register-MedatarunPermission'
        'Remove-MedatarunActorRole'
        'Remove-MedatarunGroup'
        'Remove-MedatarunGroupMember'
        'Remove-MedatarunGroupRole'
        'Remove-MedatarunRole'
        'Remove-MedatarunRolePermission'
        'Remove-MedatarunServiceAccount'
        'Remove-MedatarunUser'
        'Restart-MedatarunServer'
        'Revoke-MedatarunApiToken'
        'Revoke-MedatarunSession'
        'Set-MedatarunGroup'
        'Set-MedatarunRole'
        'Set-MedatarunUser'
        'Set-MedatarunUserPassword'
        'Start-MedatarunServer'
        'Stop-MedatarunServer'
        'Test-MedatarunConnection'
        'Unlock-MedatarunUser'
        'Unregister-MedatarunPermission'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('identity', 'users', 'authentication', 'JWT', 'server', 'provisioning', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ProjectUri   = 'https://github.com/medatarun/medatarun-powershell'
            ReleaseNotes = 'First version: start a server, make its first administrator, sign in, and provision users.'
        }
    }
}
