#Requires -Version 7.6
# What the suites share: the module as it was built, a stub server with the answers of a real one, and a real server.

$repository = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
$manifest = Join-Path $repository 'Medatarun.psd1'
Import-Module $manifest -Global
if (-not ('Medatarun.PowerShell.Tests.Support.StubServer' -as [type])) {
    # The project compiles the file too, with the usings that an SDK adds by itself.
    $usings = 'System', 'System.Collections.Generic', 'System.IO', 'System.Linq', 'System.Threading', 'System.Threading.Tasks' |
        ForEach-Object { "global using $_;`n" }
    $code = Get-Content (Join-Path $PSScriptRoot 'StubServer.cs') -Raw
    Add-Type -TypeDefinition "$usings$code" -CompilerOptions '-nullable:enable'
}

# Passwords that the server takes, and that are searched for in every stream.
$sentinels = [pscustomobject]@{
    Password    = 'Sentinel-Walrus-4471!'
    NewPassword = 'Sentinel-Ostrich-9026!'
    Token       = 'sentinel-token-5e0c7b1a'
    Bootstrap   = 'sentinel-bootstrap-secret-77f1'
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

# A stub that signs anybody in as admin, and has one user.
function New-StubServer {
    $stub = [Medatarun.PowerShell.Tests.Support.StubServer]::new()
    $user = Get-UserJson
    $stub.Answer('/api/auth/whoami', 200, (@{
                issuer = 'urn:medatarun:internal'; sub = 'admin'; id = '0193a000-0000-7000-8000-000000000001'
                username = 'admin'; fullname = 'Administrator'; email = $null; admin = $true; type = 'Operator'
                role = 'admin'; roles = @('admin'); groups = @(); permissions = @('admin', 'user_manage')
            } | ConvertTo-Json -Compress))
    $signIn = '{"access_token":"' + $sentinels.Token + '","token_type":"Bearer","expires_in":3600,"expires_at":"2036-11-22T01:00:00Z",' +
        '"token":"' + $sentinels.Token + '","role":null,"user":' + $user + '}'
    foreach ($operation in 'login', 'admin_bootstrap') { $stub.Answer("/api/auth/$operation", 200, $signIn) }
    foreach ($operation in 'user_create', 'user_update', 'user_get') { $stub.Answer("/api/auth/$operation", 200, $user) }
    foreach ($operation in 'user_disable', 'user_enable', 'user_delete', 'user_change_password', 'change_my_password', 'logout') {
        $stub.Answer("/api/auth/$operation", 200, '{"status":"ok"}')
    }
    $stub.Answer('/api/auth/user_list', 200, '{"items":[' + $user + '],"next":null}')
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
