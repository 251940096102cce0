#!/usr/bin/env pwsh
#Requires -Version 7.6
<#
.SYNOPSIS
A pipeline without a stored secret: its job signs in with the token that its platform gave it, and a rule says what it may do.
.DESCRIPTION
Starts a server that is gone at the end, and plays the platform, too: an issuer on this machine that answers like GitHub Actions. The server
is told to trust it, a rule gives the main branch of one repository a role, the job provisions users, another repository's job is refused,
and the first one is stopped by removing the rule. Needs a build (`dotnet build`), and fails where something is allowed that should be refused.
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

function ConvertTo-Base64Url([byte[]] $Bytes) {
    [Convert]::ToBase64String($Bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_')
}

# What a platform is to a server: a key, a document that says where its public half is, and an address that gives jobs their tokens.
function Start-Platform {
    $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $probe.Start()
    $url = "http://127.0.0.1:$($probe.LocalEndpoint.Port)"
    $probe.Stop()
    $key = [Security.Cryptography.RSA]::Create(2048)
    $public = $key.ExportParameters($false)
    $jwk = @{ kty = 'RSA'; use = 'sig'; kid = 'example'; n = ConvertTo-Base64Url $public.Modulus; e = ConvertTo-Base64Url $public.Exponent }
    $answers = [hashtable]::Synchronized(@{
            '/.well-known/openid-configuration' = @{ issuer = $url; jwks_uri = "$url/keys" } | ConvertTo-Json
            '/keys'                             = @{ keys = @($jwk) } | ConvertTo-Json -Depth 3
        })
    $listener = [Net.HttpListener]::new()
    $listener.Prefixes.Add("$url/")
    $listener.Start()
    $work = Start-ThreadJob {
        while (($using:listener).IsListening) {
            $context = ($using:listener).GetContext()
            $body = [Text.Encoding]::UTF8.GetBytes(($using:answers)[$context.Request.Url.AbsolutePath] ?? '{}')
            $context.Response.ContentType = 'application/json'
            $context.Response.Close($body, $false)
        }
    }
    [pscustomobject]@{ Url = $url; Key = $key; Answers = $answers; Listener = $listener; Work = $work }
}

function Stop-Platform($Platform) {
    $Platform.Listener.Close()
    $Platform.Work | Wait-Job | Remove-Job -Force
    $Platform.Key.Dispose()
}

# What the platform does when a job begins: it makes a token that says which job it is, and sets two variables.
function Invoke-Job($Platform, [string] $Repository, [scriptblock] $Job) {
    $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
    $claims = @{
        iss = $Platform.Url; aud = $address; sub = "repo:${Repository}:ref:refs/heads/main"; iat = $now; nbf = $now; exp = $now + 300
        repository = $Repository; ref = 'refs/heads/main'
    }
    $signed = (@{ alg = 'RS256'; typ = 'JWT'; kid = 'example' }, $claims | ForEach-Object {
            ConvertTo-Base64Url ([Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $_ -Compress)))
        }) -join '.'
    $signature = $Platform.Key.SignData([Text.Encoding]::ASCII.GetBytes($signed), 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1)
    $token = "$signed.$(ConvertTo-Base64Url $signature)"
    $Platform.Answers['/idtoken'] = @{ value = $token } | ConvertTo-Json
    $env:ACTIONS_ID_TOKEN_REQUEST_URL = "$($Platform.Url)/idtoken?api-version=2.0"
    $env:ACTIONS_ID_TOKEN_REQUEST_TOKEN = 'example'
    try {
        & $Job $token
    }
    finally {
        Remove-Item Env:ACTIONS_ID_TOKEN_REQUEST_URL, Env:ACTIONS_ID_TOKEN_REQUEST_TOKEN
    }
}

# A token that was put into the environment for something else would be taken before the platform is asked.
Remove-Item Env:MEDATARUN_ID_TOKEN, Env:MEDATARUN_TOKEN_FILE -ErrorAction Ignore
$server = Start-MedatarunServer -Port 0 -Ephemeral
$platform = Start-Platform
try {
    $password = 'Ex-' + [Convert]::ToHexStringLower([Security.Cryptography.RandomNumberGenerator]::GetBytes(12))
    $credential = [pscredential]::new('admin', (ConvertTo-SecureString $password -AsPlainText -Force))
    $admin = @{ Connection = $server | Initialize-MedatarunAdmin -Credential $credential }
    $address = "$($server.Url)".TrimEnd('/')

    # Anybody may have a repository there: without a rule that fits, nobody is let in.
    New-MedatarunTrustedIssuer actions -Authority $platform.Url -Audience $address -RuleRequired @admin | Out-Null
    $main = @{ repository = 'org/infra'; ref = 'refs/heads/main' }
    $rule = New-MedatarunTrustedIssuerRule actions provisioning -Claim $main -Role manager @admin

    Invoke-Job $platform 'org/infra' {
        Connect-Medatarun $server.Url -FromEnvironment
        $context = Get-MedatarunContext
        Write-Host "The job signed in by $($context.Source), and is a $($context.Roles)."
        $made = Import-Csv "$PSScriptRoot/users.csv" | Where-Object Admin -EQ false | Select-Object -First 3 | New-MedatarunUser
        Write-Host "The job made $($made.UserName -join ', ')."
    }

    Invoke-Job $platform 'somebody/else' {
        param($token)
        Show-Refusal "Another repository's job signs in" { Connect-Medatarun $server.Url -FromEnvironment }
        $failed = @(($token | Test-MedatarunTrustedIssuer @admin).Checks).Where{ -not $_.Passed }
        Write-Host "Why it is refused, the administrator is told: $($failed.Check)."
    }

    $rule | Remove-MedatarunTrustedIssuerRule -Confirm:$false @admin
    Show-Refusal 'The job, whose rule was removed, looks at users' { Get-MedatarunUser }
}
finally {
    Stop-Platform $platform
    $server | Stop-MedatarunServer
}
