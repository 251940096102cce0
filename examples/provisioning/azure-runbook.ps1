#Requires -Version 7.6
<#
.SYNOPSIS
An Azure Automation runbook that keeps a server as a repository says.
.DESCRIPTION
For a runtime environment or a hybrid worker with PowerShell 7.6 and the module. The Automation account has the encrypted variable MedatarunToken, an administrator's API
token, and the variable MedatarunUrl. A runbook has no working copy: it fetches the two files.
#>
param(
    # Where the files are: https://raw.githubusercontent.com/org/infra/main/provisioning
    [Parameter(Mandatory)] [uri] $Repository
)
$ErrorActionPreference = 'Stop'
Import-Module ($env:MEDATARUN_MODULE ?? 'Medatarun')

$folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid()))
try {
    foreach ($file in 'state.psd1', 'users.csv') {
        Invoke-WebRequest "$Repository/$file" -OutFile (Join-Path $folder $file)
    }
    $token = ConvertTo-SecureString (Get-AutomationVariable MedatarunToken) -AsPlainText
    Connect-Medatarun (Get-AutomationVariable MedatarunUrl) -AccessToken $token
    Sync-MedatarunState (Join-Path $folder 'state.psd1') -PassThru | ForEach-Object ToString
    $users = Import-MedatarunUser (Join-Path $folder 'users.csv') -IfExists Update -ErrorAction Continue
    $users | Group-Object Status -NoElement | ForEach-Object { "$($_.Count) $($_.Name.ToLowerInvariant())" }
}
finally {
    Remove-Item $folder -Recurse -Force
}
