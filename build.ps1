#!/usr/bin/env pwsh
<#
.SYNOPSIS
Builds, tests or packages Medatarun for PowerShell. Everything it does, dotnet does.
.PARAMETER Task
Build leaves an importable module at the repository root. Test runs every test. Package makes dist/Medatarun/<version>, a module
folder with the published server program in it.
.PARAMETER Runtime
The platform of the packaged server program. Default: this machine's.
.EXAMPLE
./build.ps1 Test
.EXAMPLE
./build.ps1 Package -Runtime win-x64
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Package')]
    [string] $Task = 'Build',

    [string] $Runtime = [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$solution = Join-Path $PSScriptRoot 'Medatarun.PowerShell.sln'

switch ($Task) {
    'Build' { dotnet build $solution }
    'Test' { dotnet test $solution }
    'Package' {
        dotnet build $solution -c Release
        $version = (Import-PowerShellDataFile (Join-Path $PSScriptRoot 'Medatarun.psd1')).ModuleVersion
        $package = Join-Path $PSScriptRoot "dist/Medatarun/$version"
        if (Test-Path $package) { Remove-Item $package -Recurse }
        $bin = New-Item -ItemType Directory (Join-Path $package 'bin')
        Copy-Item (Join-Path $PSScriptRoot 'artifacts/bin/Medatarun.PowerShell/release/*') $bin -Include 'Medatarun.*.dll', 'Medatarun.*.ps1xml'
        foreach ($item in 'Medatarun.psd1', 'LICENSE', 'en-US') { Copy-Item (Join-Path $PSScriptRoot $item) $package -Recurse }
        dotnet publish (Join-Path $PSScriptRoot 'src/Medatarun.Host') -c Release -r $Runtime -o (Join-Path $package 'server')
        Get-Item $package
    }
}
