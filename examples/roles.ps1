#!/usr/bin/env pwsh
#Requires -Version 7.6
<#
.SYNOPSIS
A help desk that manages users, and nobody above itself.
.DESCRIPTION
Starts a server that is gone at the end, makes a role of permissions, gives it to a person through a group, acts as that person, and
takes it away again. Needs a build (`dotnet build`), and fails where something is allowed that should be refused.
#>
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../Medatarun.psd1"

function New-SampleCredential([string] $UserName) {
    $password = 'Ex-' + [Convert]::ToHexStringLower([Security.Cryptography.RandomNumberGenerator]::GetBytes(12))
    [pscredential]::new($UserName, (ConvertTo-SecureString $password -AsPlainText -Force))
}

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

$server = Start-MedatarunServer -Port 0 -Ephemeral
try {
    $admin = @{ Connection = $server | Initialize-MedatarunAdmin -Credential (New-SampleCredential admin) | Connect-Medatarun -PassThru }

    # A role holds permissions, a group carries the role, and whoever is in the group has it.
    New-MedatarunRole help-desk -DisplayName 'Help desk' -Permission user_manage @admin | Out-Null
    New-MedatarunGroup first-line -Description 'Answers the telephone.' -Role help-desk @admin | Out-Null
    $john = New-SampleCredential john.doe
    New-MedatarunUser john.doe 'John Doe' -Password $john.Password -Group first-line @admin | Out-Null

    $desk = @{ Connection = Connect-Medatarun -Url $server.Url -Credential $john -PassThru }
    Write-Host "John holds $((Get-MedatarunUser -Current @desk).Permissions -join ', ')."

    New-MedatarunUser mary.major 'Mary Major' -Password (New-SampleCredential mary.major).Password @desk | Out-Null
    Disable-MedatarunUser mary.major @desk
    Write-Host 'John created Mary, and disabled her account.'

    Show-Refusal 'John creates a role' { New-MedatarunRole shadow @desk }
    Show-Refusal 'John makes Mary an administrator' { Add-MedatarunActorRole mary.major -Role admin @desk }
    Show-Refusal 'John disables the administrator' { Disable-MedatarunUser admin @desk }

    Remove-MedatarunGroupMember first-line -Member john.doe -Confirm:$false @admin
    Show-Refusal 'John, who is no longer in the group, looks at users' { Get-MedatarunUser @desk }
}
finally {
    $server | Stop-MedatarunServer
}
