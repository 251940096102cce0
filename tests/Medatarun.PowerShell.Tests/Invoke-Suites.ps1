#Requires -Version 7.6
<#
.SYNOPSIS
Runs the Pester suites of this folder and writes what became of each test as JSON.
.DESCRIPTION
Called by the xunit runner. By hand, Invoke-Pester does.
#>
[CmdletBinding()]
param(
    # Where the results go.
    [Parameter(Mandatory)] [string] $ResultPath
)

# No preference is set here: the suites would inherit it, and not run as they do by hand.
Import-Module Pester -MinimumVersion 5.0 -MaximumVersion 5.999 -ErrorAction Stop

$configuration = New-PesterConfiguration
$configuration.Run.Path = Join-Path $PSScriptRoot '*.Tests.ps1'
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$run = Invoke-Pester -Configuration $configuration

$tests = foreach ($test in $run.Tests) {
    [ordered]@{
        suite    = $test.ScriptBlock.File ? [IO.Path]::GetFileNameWithoutExtension($test.ScriptBlock.File) -replace '\.Tests$' : ''
        name     = $test.ExpandedPath
        result   = "$($test.Result)"
        duration = $test.Duration.TotalMilliseconds
        message  = @($test.ErrorRecord | ForEach-Object { "$($_.Exception.Message)`n$($_.ScriptStackTrace)" }) -join "`n"
    }
}
# A file or block whose set-up fails has no test to show it.
$broken = foreach ($item in @($run.FailedContainers) + @($run.FailedBlocks) | Where-Object { $_ }) {
    [ordered]@{
        suite = 'set-up'; name = "$($item.ExpandedPath ?? $item)"; result = 'Failed'; duration = 0
        message = @($item.ErrorRecord | ForEach-Object { "$($_.Exception.Message)`n$($_.ScriptStackTrace)" }) -join "`n"
    }
}
@($tests) + @($broken) | Where-Object { $_ } | ConvertTo-Json -AsArray -Depth 3 | Set-Content $ResultPath -ErrorAction Stop
