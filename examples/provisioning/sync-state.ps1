#Requires -Version 7.6
<#
.SYNOPSIS
Keeps roles and groups as state.psd1 says, or only looks whether they are.
.DESCRIPTION
For a pipeline. Signs in with MEDATARUN_AUTH_TOKEN, the API token of somebody who holds `admin`: whoever applies a state may do everything, and no claim of a job's token
gives that. Ends with 0 when everything is as it should be, with 2 when -Check found a difference, and with 1 when something failed.
#>
param(
    # Only looks.
    [switch] $Check
)
$ErrorActionPreference = 'Stop'
Import-Module ($env:MEDATARUN_MODULE ?? 'Medatarun')

$state = Join-Path $PSScriptRoot 'state.psd1'
$differences = @(Compare-MedatarunState $state)
$differences | ForEach-Object { "$_ ($($_.Changes -join '; '))" }
if ($differences.Count -eq 0) {
    'Everything is as it should be.'
}
elseif ($Check) {
    exit 2
}
else {
    Sync-MedatarunState $state
    "$($differences.Count) changes were applied."
}
