#!/usr/bin/env pwsh
#Requires -Version 7.6
<#
.SYNOPSIS
A job with an API token: it may provision users and nothing else, needs no Connect, and stops when its token is revoked.
.DESCRIPTION
Starts a server that is gone at the end, makes a service account and an API token of it that is cut to one permission, provisions users
with the token in the environment as a pipeline would, and revokes it. Needs a build (`dotnet build`), and fails where something is
allowed that should be refused.
#>
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../Medatarun.psd1"

function Show-Refusal([string] $What, [scriptblock] $Action) {
    try {
        $null = & $Action
    }
    catch {
        Write-Host "${What}: $($_.FullyQualifiedErrorId -replace ',.*'). $($_.Exception.Message)"
        return
    }
    throw "$What was not refused."
}

# What a secret store of a pipeline does: the job finds its token and its server in the environment, and nobody else does.
function Invoke-Job([string] $Token, [scriptblock] $Job) {
    $env:MEDATARUN_AUTH_TOKEN = $Token
    $env:MEDATARUN_PUBLIC_BASE_URL = $server.Url
    try {
        & $Job
    }
    finally {
        Remove-Item Env:MEDATARUN_AUTH_TOKEN, Env:MEDATARUN_PUBLIC_BASE_URL
    }
}

$server = Start-MedatarunServer -Port 0 -Ephemeral
try {
    $password = 'Ex-' + [Convert]::ToHexStringLower([Security.Cryptography.RandomNumberGenerator]::GetBytes(12))
    $credential = [pscredential]::new('admin', (ConvertTo-SecureString $password -AsPlainText -Force))
    $admin = @{ Connection = $server | Initialize-MedatarunAdmin -Credential $credential }

    # The account holds the role manager; the token is cut to what the job needs of it, and ends by itself.
    New-MedatarunServiceAccount provisioning -FullName 'Nightly import' -Role manager @admin | Out-Null
    $value = New-MedatarunApiToken 'user import' -User provisioning -Permission user_manage -ExpiresIn 90.00:00:00 -AsPlainText @admin

    Invoke-Job $value {
        $made = Import-Csv "$PSScriptRoot/users.csv" | Where-Object Admin -EQ false | Select-Object -First 3 | New-MedatarunUser
        Write-Host "The job, as $((Get-MedatarunContext).UserName), made $($made.UserName -join ', ')."
        Show-Refusal 'The job makes a group' { New-MedatarunGroup shadow }
        Show-Refusal 'The job makes itself another token' { New-MedatarunApiToken shadow }
    }

    $token = Get-MedatarunApiToken -User provisioning @admin
    Write-Host "The token '$($token.Name)' of $($token.UserName) may $($token.Permissions), and was used: $($null -ne $token.LastUsedAt)."

    $token | Revoke-MedatarunApiToken @admin
    Invoke-Job $value {
        Show-Refusal 'The job, whose token was revoked, looks at users' { Get-MedatarunUser }
    }
}
finally {
    $server | Stop-MedatarunServer
}
