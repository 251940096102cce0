#!/usr/bin/env pwsh
#Requires -Version 7.6
<#
.SYNOPSIS
From a fresh clone to provisioned users, with the .NET 10 SDK and PowerShell 7.6.
.DESCRIPTION
Builds, starts a server on SQLite, makes the first administrator, provisions the users of a CSV file, shows them, and leaves the
server up. Safe to run again. The settings can be given as parameters or by environment (examples/README.md).
#>
param(
    [string] $ServerHome = ($env:QUICKSTART_HOME ? $env:QUICKSTART_HOME : "$PSScriptRoot/../quickstart-data"),
    [string] $Port = $env:QUICKSTART_PORT,
    [string] $Csv = ($env:QUICKSTART_CSV ? $env:QUICKSTART_CSV : "$PSScriptRoot/users.csv"),
    [switch] $NoBuild = [bool] $env:QUICKSTART_NO_BUILD
)
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

function Start-OnFreePort {
    $ports = $Port ? @([int] $Port) : 8080..8099
    foreach ($try in $ports) {
        try {
            $started = Start-MedatarunServer -Home $ServerHome -Port $try -Detached
            Write-Host "The server runs at $($started.Url), process $($started.Id), with its data in $($started.DataPath)."
            return $started
        }
        catch {
            if ($_.FullyQualifiedErrorId -like 'ServerAlreadyRunning*') {
                Write-Host "The server runs already at $($_.TargetObject.Url), process $($_.TargetObject.Id)."
                return $_.TargetObject
            }
            if ($_.FullyQualifiedErrorId -notlike 'PortInUse*' -or $try -eq $ports[-1]) {
                throw
            }
        }
    }
}

function Get-AdminCredential([bool] $IsNew) {
    $password = $env:QUICKSTART_PASSWORD
    if (-not $password -and -not $IsNew) {
        return Get-Credential -UserName admin -Message "There is an administrator already: the password of 'admin'"
    }
    if (-not $password) {
        $password = 'Qs-' + [Convert]::ToHexStringLower([Security.Cryptography.RandomNumberGenerator]::GetBytes(12))
        Write-Host "The password of 'admin', shown this once: $password"
    }
    [pscredential]::new('admin', (ConvertTo-SecureString $password -AsPlainText -Force))
}

if (-not $NoBuild) {
    foreach ($project in 'src/Medatarun.Host', 'tools/Medatarun.HelpBuilder') {
        dotnet build "$PSScriptRoot/../$project" --configuration Release --nologo --verbosity quiet | Out-Host
    }
}
Import-Module "$PSScriptRoot/../Medatarun.psd1"

$server = Start-OnFreePort
$credential = Get-AdminCredential -IsNew ($null -ne $server.BootstrapSecret)
if ($server.BootstrapSecret) {
    $server | Initialize-MedatarunAdmin -Credential $credential | Connect-Medatarun
    Write-Host "Made the administrator 'admin'."
}
else {
    Connect-Medatarun -Url $server.Url -Credential $credential
}

$created = @(Import-Csv $Csv | New-MedatarunUser -ErrorAction SilentlyContinue -ErrorVariable failures)
$existing, $refused = $failures.Where({ $_.FullyQualifiedErrorId -like 'UserAlreadyExists*' }, 'Split')
$existing | ForEach-Object { Write-Host "$($_.TargetObject) exists" }
$refused | ForEach-Object { Write-Host "$($_.TargetObject) was refused: $($_.Exception.Message)" }
Write-Host "$($created.Count) created, $($existing.Count) existed, $($refused.Count) refused."

Get-MedatarunUser | Format-Table UserName, Admin, Disabled, FullName | Out-Host
Write-Host "The server is left up at $($server.Url). To stop it: Stop-MedatarunServer -Home '$($server.DataPath)'"
Disconnect-Medatarun
exit [int] ($refused.Count -gt 0)
