#Requires -Version 7.6
# What the suites share: the module as it was built, a stub server with the answers of a real one, and a real server.

$repository = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
$manifest = Join-Path $repository 'Medatarun.psd1'
Import-Module $manifest -Global
if (-not ('Medatarun.PowerShell.Tests.Support.StubServer' -as [type])) {
    # The project compiles the files too, with the usings that an SDK adds by itself.
    $usings = 'System', 'System.Collections.Generic', 'System.IO', 'System.Linq', 'System.Threading', 'System.Threading.Tasks' |
        ForEach-Object { "global using $_;`n" }
    foreach ($file in 'StubServer.cs', 'MovedClock.cs') {
        Add-Type -TypeDefinition "$usings$(Get-Content (Join-Path $PSScriptRoot $file) -Raw)" -CompilerOptions '-nullable:enable'
    }
}

# Passwords that the server takes, and that are searched for in every stream.
$sentinels = [pscustomobject]@{
    Password     = 'Sentinel-Walrus-4471!'
    NewPassword  = 'Sentinel-Ostrich-9026!'
    Token        = 'sentinel-token-5e0c7b1a'
    JobToken     = 'sentinel-job-token-a81f44'
    RequestToken = 'sentinel-request-token-b0e7'
    RefreshToken = 'mdr_sentinelrefresh93d0'
    ApiToken     = 'mda_sentinelapitoken62c8'
    Bootstrap    = 'sentinel-bootstrap-secret-77f1'
}

function Get-ManifestPath { $manifest }
function Get-RepositoryPath { $repository }
function Get-Sentinel { $sentinels }

function ConvertTo-Secret([string] $Text) { ConvertTo-SecureString $Text -AsPlainText -Force }

function New-TestCredential([string] $UserName, [string] $Password = $sentinels.Password) {
    [pscredential]::new($UserName, (ConvertTo-Secret $Password))
}

function Get-UserJson([string] $UserName = 'john.doe') {
    @{
        id = '0193a000-0000-7000-8000-000000000002'; username = $UserName; email = 'john@example.org'; fullname = 'John Doe'
        admin = $false; role = $null; roles = @(); groups = @(); disabled = $false
        created_at = '2026-11-22T08:00:00Z'; last_login_at = $null
    } | ConvertTo-Json -Compress
}

function Get-ProblemJson([string] $Code, [int] $Status, [string] $Detail, [hashtable] $Errors) {
    $problem = @{ type = "urn:medatarun:problem:$Code"; title = $Code; status = $Status; detail = $Detail; code = $Code; request_id = 'stub' }
    if ($Errors) { $problem.errors = $Errors }
    $problem | ConvertTo-Json -Compress -Depth 5
}

# What a sign-in is answered with; a refresh token only where it is wanted.
function Get-SignInJson([int] $Seconds = 3600, [switch] $Refreshable) {
    $answer = [ordered]@{
        access_token = $sentinels.Token; token_type = 'Bearer'; expires_in = $Seconds; expires_at = '2036-11-22T01:00:00Z'
        token = $sentinels.Token; role = $null; user = Get-UserJson | ConvertFrom-Json
    }
    if ($Refreshable) { $answer.refresh_token = $sentinels.RefreshToken }
    $answer | ConvertTo-Json -Compress -Depth 5
}

function Get-SessionJson([string] $Id = '0193a000-0000-7000-8000-000000000004', [bool] $Current) {
    @{
        id = $Id; username = 'john.doe'; client = 'medatarun-powershell/0.1.0'; address = '192.0.2.17'; created_at = '2026-11-22T08:00:00Z'
        last_used_at = $null; expires_at = '2026-12-22T08:00:00Z'; ends_at = '2027-02-20T08:00:00Z'; offline = $true; current = $Current
    } | ConvertTo-Json -Compress
}

function Get-ApiTokenJson([string] $Name = 'deploy', [string[]] $Permissions) {
    @{
        id = '0193a000-0000-7000-8000-000000000005'; name = $Name; username = 'john.doe'; permissions = $Permissions
        created_at = '2026-11-22T08:00:00Z'; expires_at = $null; last_used_at = $null
    } | ConvertTo-Json -Compress
}

function Get-IssuerJson([string] $Name = 'github') {
    @{
        id = '0193a000-0000-7000-8000-000000000006'; name = $Name; issuer = 'https://ci.example.org'; jwks = $null; authority = 'https://ci.example.org'
        algorithms = @('RS256'); audiences = @('https://id.example.org'); rule_required = $true; disabled = $false; managed = $false
        created_at = '2026-11-22T08:00:00Z'
    } | ConvertTo-Json -Compress
}

function Get-RuleJson([string] $Name = 'main') {
    @{
        id = '0193a000-0000-7000-8000-000000000007'; issuer_name = 'github'; name = $Name; description = 'The main branch'
        conditions = @(
            @{ claim = 'repository'; equals = 'org/infra' }
            @{ claim = 'environment'; one_of = @('a;b', "it's, c") }
            @{ claim = '/realm/x'; glob = 'refs/*' }
        )
        roles = @('manager', 'reader'); created_at = '2026-11-22T08:00:00Z'
    } | ConvertTo-Json -Compress -Depth 4
}

# What is found out about a token.
function Get-IssuerTestJson([bool] $Accepted = $true) {
    @{
        accepted = $Accepted; issuer_name = 'github'; subject = ($Accepted ? 'repo:org/infra' : $null); expires_at = ($Accepted ? '2036-11-22T01:00:00Z' : $null)
        rules = @($Accepted ? 'main' : @()); roles = @($Accepted ? 'manager' : @())
        checks = @(@{ check = 'issuer'; passed = $true; detail = 'github.' }, @{ check = 'audience'; passed = $Accepted; detail = 'Not for us.' })
    } | ConvertTo-Json -Compress -Depth 4
}

# A stub that signs anybody in as admin, and has one user.
function New-StubServer {
    $stub = [Medatarun.PowerShell.Tests.Support.StubServer]::new()
    $user = Get-UserJson
    $stub.Answer('/api/auth/whoami', 200, (@{
                issuer = 'urn:medatarun:internal'; sub = 'admin'; id = '0193a000-0000-7000-8000-000000000001'
                username = 'admin'; fullname = 'Administrator'; email = $null; admin = $true; type = 'Operator'
                role = 'admin'; roles = @('admin'); groups = @(); permissions = @('admin', 'user_manage')
            } | ConvertTo-Json -Compress))
    foreach ($operation in 'login', 'admin_bootstrap', 'token_mint', 'token_refresh', 'token_exchange') {
        $stub.Answer("/api/auth/$operation", 200, (Get-SignInJson -Refreshable:($operation -in 'login', 'token_refresh')))
    }
    foreach ($operation in 'user_create', 'user_update', 'user_get') { $stub.Answer("/api/auth/$operation", 200, $user) }
    foreach ($operation in 'user_disable', 'user_enable', 'user_delete', 'user_unlock', 'user_change_password', 'change_my_password', 'logout',
        'session_revoke', 'session_revoke_all', 'api_token_revoke', 'issuer_delete', 'issuer_rule_delete') {
        $stub.Answer("/api/auth/$operation", 200, '{"status":"ok"}')
    }
    $stub.Answer('/api/auth/user_list', 200, '{"items":[' + $user + '],"next":null}')
    $stub.Answer('/api/auth/session_list', 200, '{"items":[' + (Get-SessionJson) + '],"next":null}')
    $stub.Answer('/api/auth/api_token_list', 200, '{"items":[' + (Get-ApiTokenJson) + '],"next":null}')
    $stub.Answer('/api/auth/api_token_create', 200, '{"api_token":' + (Get-ApiTokenJson) + ',"token":"' + $sentinels.ApiToken + '"}')
    foreach ($operation in 'issuer_create', 'issuer_get', 'issuer_update') { $stub.Answer("/api/auth/$operation", 200, (Get-IssuerJson)) }
    foreach ($operation in 'issuer_rule_create', 'issuer_rule_update') { $stub.Answer("/api/auth/$operation", 200, (Get-RuleJson)) }
    $stub.Answer('/api/auth/issuer_list', 200, "[$(Get-IssuerJson),$(Get-IssuerJson gitlab)]")
    $stub.Answer('/api/auth/issuer_rule_list', 200, "[$(Get-RuleJson),$(Get-RuleJson release)]")
    $stub.Answer('/api/auth/issuer_test', 200, (Get-IssuerTestJson))
    foreach ($operation in 'actor_list', 'service_account_list') { $stub.Answer("/api/auth/$operation", 200, '[]') }
    $named = '"id":"0193a000-0000-7000-8000-000000000003","description":"","createdAt":"2026-11-22T08:00:00Z"'
    $stub.Answer('/api/auth/role_list', 200, "[{$named," +
        '"key":"admin","name":"Administrator","managed":true,"autoAssign":false,"permissions":["admin"],"impliedPermissions":[]}]')
    $stub.Answer('/api/auth/group_list', 200, "[{$named," + '"key":"operations","roles":[],"memberCount":0}]')
    $stub.Answer('/api/auth/permission_list', 200, '[{"key":"user_manage","description":"","category":"users","managed":true,"implies":[]}]')
    $stub
}

function Connect-Stub($Stub) {
    Connect-Medatarun $Stub.Url -AccessToken (ConvertTo-Secret $sentinels.Token)
    $Stub.Forget()
}

# The sign-in of the environment: set, and taken away so that the variables are gone and not empty.
function Set-EnvironmentSignIn([string] $Token, [string] $Url) {
    if ($Token) { $env:MEDATARUN_AUTH_TOKEN = $Token }
    if ($Url) { $env:MEDATARUN_PUBLIC_BASE_URL = $Url }
}

function Clear-EnvironmentSignIn { Remove-Item Env:MEDATARUN_AUTH_TOKEN, Env:MEDATARUN_PUBLIC_BASE_URL -ErrorAction Ignore }

# A real server in a process of its own, with its first administrator, and the connection to it.
function Start-TestServer([string] $Admin = 'admin') {
    $server = Start-MedatarunServer -Port 0 -Ephemeral -BootstrapSecret (ConvertTo-Secret $sentinels.Bootstrap)
    $connection = $server | Initialize-MedatarunAdmin -Credential (New-TestCredential $Admin)
    [pscustomobject]@{ Server = $server; Url = $server.Url; Admin = $connection }
}

# The stable id of an error, without the command's name that PowerShell appends.
function Get-ErrorId($ErrorRecord) { @($ErrorRecord)[0].FullyQualifiedErrorId.Split(',')[0] }

Export-ModuleMember -Function *
