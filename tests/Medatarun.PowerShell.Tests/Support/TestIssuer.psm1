#Requires -Version 7.6
# An issuer of tokens for the suites: an RSA key, its JWKS and discovery document on loopback, and tokens that are signed with it. Where a
# pipeline's platform is asked for a job's token, the same stub answers as that does.

function ConvertTo-Base64Url([byte[]] $Bytes) { [Convert]::ToBase64String($Bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_') }

function New-TestIssuer {
    $stub = [Medatarun.PowerShell.Tests.Support.StubServer]::new()
    $issuer = [pscustomobject]@{ Url = $stub.Url.TrimEnd('/'); Stub = $stub; Key = [Security.Cryptography.RSA]::Create(2048); KeyId = "key-$(Get-Random)" }
    $public = $issuer.Key.ExportParameters($false)
    $jwk = @{ kty = 'RSA'; use = 'sig'; kid = $issuer.KeyId; n = (ConvertTo-Base64Url $public.Modulus); e = (ConvertTo-Base64Url $public.Exponent) }
    $stub.Answer('/jwks', 200, (@{ keys = @($jwk) } | ConvertTo-Json -Compress -Depth 3))
    $stub.Answer('/.well-known/openid-configuration', 200, (@{ issuer = $issuer.Url; jwks_uri = "$($issuer.Url)/jwks" } | ConvertTo-Json -Compress))
    $issuer
}

# The claims of a job on the main branch, unless others are given; a claim that is $null is left out.
function New-TestToken($Issuer, [hashtable] $Claims = @{}, [int] $Seconds = 300) {
    $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
    $payload = @{
        iss = $Issuer.Url; sub = 'repo:org/infra:ref:refs/heads/main'; aud = 'https://id.example.org'; iat = $now - 1; nbf = $now - 1; exp = $now + $Seconds
        repository = 'org/infra'; ref = 'refs/heads/main'
    }
    foreach ($name in $Claims.Keys) {
        if ($null -eq $Claims[$name]) { $payload.Remove($name) } else { $payload[$name] = $Claims[$name] }
    }
    $parts = @{ alg = 'RS256'; typ = 'JWT'; kid = $Issuer.KeyId }, $payload |
        ForEach-Object { ConvertTo-Base64Url ([Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $_ -Compress -Depth 5))) }
    $signed = [Text.Encoding]::ASCII.GetBytes($parts -join '.')
    $signature = $Issuer.Key.SignData($signed, [Security.Cryptography.HashAlgorithmName]::SHA256, [Security.Cryptography.RSASignaturePadding]::Pkcs1)
    "$($parts -join '.').$(ConvertTo-Base64Url $signature)"
}

function Remove-TestIssuer($Issuer) {
    $Issuer.Stub.Dispose()
    $Issuer.Key.Dispose()
}

# Runs a script in the environment of a job: those variables and no others that a job's token could come from.
function Invoke-AsJob([hashtable] $Variables, [scriptblock] $Script) {
    $names = @($Variables.Keys) + @(
        'MEDATARUN_ID_TOKEN', 'MEDATARUN_TOKEN_FILE', 'GITHUB_ACTIONS', 'ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'GITLAB_CI',
        'SYSTEM_OIDCREQUESTURI', 'SYSTEM_ACCESSTOKEN', 'KUBERNETES_SERVICE_HOST') | Select-Object -Unique
    $before = @{}
    foreach ($name in $names) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $Variables[$name])
    }
    try { & $Script }
    finally { foreach ($name in $names) { [Environment]::SetEnvironmentVariable($name, $before[$name]) } }
}

Export-ModuleMember -Function New-TestIssuer, New-TestToken, Remove-TestIssuer, Invoke-AsJob
