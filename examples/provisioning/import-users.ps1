#Requires -Version 7.6
<#
.SYNOPSIS
Makes the users of users.csv who are not there, and changes those who are different.
.DESCRIPTION
For a pipeline. Signs in with MEDATARUN_AUTH_TOKEN where it is set, else with the token that the platform gave the job, for which the server needs a rule
(about_Medatarun_FederatedIdentity) with the role `manager`. MEDATARUN_PUBLIC_BASE_URL says which server. Ends with 1 when a row is refused; the others are imported.
#>
param(
    # The file.
    [string] $Path = (Join-Path $PSScriptRoot 'users.csv'),

    # Only tries: nothing is kept.
    [switch] $Check
)
$ErrorActionPreference = 'Stop'
Import-Module ($env:MEDATARUN_MODULE ?? 'Medatarun')

if (-not $env:MEDATARUN_AUTH_TOKEN) {
    Connect-Medatarun $env:MEDATARUN_PUBLIC_BASE_URL -FromEnvironment
}
$quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'refused' }
$users = Import-MedatarunUser $Path -IfExists Update -DryRun:$Check @quiet
$users | Group-Object Status -NoElement | ForEach-Object { "$($_.Count) $($_.Name.ToLowerInvariant())" }
$refused | ForEach-Object { "refused: $_" }
exit $(if ($refused) { 1 } else { 0 })
