#Requires -Version 7.6
# Runs every example of docs/en-US, each in a runspace, a folder and a server of its own, with `admin` signed in. A block that is
# marked ```powershell no-run: <reason> is left out. What an example would ask a person is answered here, and the address
# http://localhost:8080 of the pages stands for the server of the test.

BeforeDiscovery {
    $pages = Join-Path $PSScriptRoot '../../docs/en-US'
    $examples = foreach ($page in Get-ChildItem $pages -Filter *.md) {
        $title = ''
        $code = $null
        foreach ($line in Get-Content $page) {
            if ($null -ne $code) {
                if ($line -eq '```') {
                    @{ Page = $page.BaseName; Title = $title; Code = $code -join "`n" }
                    $code = $null
                }
                else {
                    $code += $line
                }
            }
            elseif ($line -match '^#+ (.+)') {
                $title = $Matches[1]
            }
            elseif ($line -eq '```powershell') {
                $code = @()
            }
        }
    }
}

BeforeAll {
    $repository = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $manifest = Join-Path $repository 'Medatarun.psd1'
    Import-Module $manifest -Global

    $passwords = @{
        'admin'       = 'Harbor-Kestrel-5521!'
        'john.doe'    = 'Meadow-Lantern-8042!'
        'anna.kovacs' = 'Cobalt-Prairie-3318!'
        'li.wei'      = 'Saffron-Tundra-7160!'
    }
    $answers = {
        param($passwords)
        function global:Get-Credential {
            param([string] $UserName = 'admin')
            [pscredential]::new($UserName, (ConvertTo-SecureString $passwords[$UserName] -AsPlainText -Force))
        }
        function global:Read-Host {
            param([string] $Prompt, [switch] $AsSecureString)
            $null = $Prompt
            $answer = 'Orchid-Granite-9274! for the asking'
            if ($AsSecureString) { ConvertTo-SecureString $answer -AsPlainText -Force } else { $answer }
        }
        $global:passwords = $passwords
    }

    function Get-KnownCredential([string] $UserName) {
        [pscredential]::new($UserName, (ConvertTo-SecureString $passwords[$UserName] -AsPlainText -Force))
    }

    # Made once and copied for each example: making it costs four password hashes.
    $seed = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "medatarun-examples-$PID-$(Get-Random)")).FullName
    if (-not $IsWindows) { chmod 700 $seed }
    $seedHome = Join-Path $seed 'home'
    $server = Start-MedatarunServer -Home $seedHome -Port 0
    $server | Initialize-MedatarunAdmin -Credential (Get-KnownCredential admin) | Connect-Medatarun
    @(
        [pscustomobject]@{ UserName = 'john.doe'; FullName = 'John Doe'; Email = 'john.doe@example.org'; Disabled = 'no' }
        [pscustomobject]@{ UserName = 'anna.kovacs'; FullName = 'Kovács Anna'; Email = 'anna@example.org'; Disabled = 'no' }
        [pscustomobject]@{ UserName = 'li.wei'; FullName = '李伟'; Email = ''; Disabled = 'yes' }
    ) | Select-Object *, @{ Name = 'Password'; Expression = { $passwords[$_.UserName] } } |
        New-MedatarunUser -ErrorAction Stop | Out-Null
    New-MedatarunRole help-desk -Permission user_manage -ErrorAction Stop | Out-Null
    Add-MedatarunActorRole john.doe -Role help-desk -ErrorAction Stop
    New-MedatarunGroup operations -Role reader -ErrorAction Stop | Out-Null
    Add-MedatarunGroupMember operations -Member anna.kovacs -ErrorAction Stop
    New-MedatarunServiceAccount nightly-export -ErrorAction Stop | Out-Null
    Register-MedatarunPermission model_read -Category models -ErrorAction Stop | Out-Null
    New-MedatarunTrustedIssuer github -Authority https://github.example.org/_services/token -RuleRequired -ErrorAction Stop | Out-Null
    New-MedatarunTrustedIssuerRule github main -Claim @{ repository = 'org/infra' } -Role manager -ErrorAction Stop | Out-Null
    Disconnect-Medatarun
    Stop-MedatarunServer -Home $seedHome

    function Start-Fixture {
        $script:folder = Join-Path $seed (Get-Random)
        $null = New-Item -ItemType Directory $folder
        Copy-Item $seedHome (Join-Path $folder 'server') -Recurse
        if (-not $IsWindows) { chmod -R go-rwx $folder }
        $script:savedHome = $env:MEDATARUN_HOME
        $env:MEDATARUN_HOME = Join-Path $folder 'default-home'
        $script:fixture = Start-MedatarunServer -Home (Join-Path $folder 'server') -Port 0
        Connect-Medatarun -Url $fixture.Url -Credential (Get-KnownCredential admin)
        Get-Content (Join-Path $repository 'examples/users.csv') -TotalCount 4 | Set-Content (Join-Path $folder 'users.csv')
        'UserName,FullName', 'john.doe,"Doe, John"' | Set-Content (Join-Path $folder 'changes.csv')
        'UserName', 'anna.kovacs' | Set-Content (Join-Path $folder 'leavers.csv')
    }

    function Stop-Fixture {
        # An example may have stopped the server, or ended the session, itself.
        try { Disconnect-Medatarun } catch { Write-Verbose $_ }
        Get-MedatarunServer | Stop-MedatarunServer
        Stop-MedatarunServer -Home (Join-Path $folder 'identity')
        Stop-MedatarunServer -Home (Join-Path $folder 'server')
        $env:MEDATARUN_HOME = $savedHome
    }

    # Runs code the way a person would at a prompt, and returns the errors.
    function Invoke-Example([string] $Code) {
        $state = [initialsessionstate]::CreateDefault2()
        $state.ImportPSModule($manifest)
        $shell = [powershell]::Create($state)
        try {
            $null = $shell.AddScript($answers).AddArgument($passwords).AddStatement().
                AddCommand('Set-Location').AddParameter('LiteralPath', $folder).Invoke()
            $shell.Commands.Clear()
            $real = $Code.Replace('http://localhost:8080', $fixture.Url.ToString().TrimEnd('/'))
            try {
                $null = $shell.AddScript($real).AddCommand('Out-String').Invoke()
            }
            catch {
                $_
            }
            $shell.Streams.Error
        }
        finally {
            $shell.Dispose()
        }
    }
}

AfterAll {
    Remove-Item $seed -Recurse -Force -ErrorAction Ignore
}

Describe 'The examples of the help pages' {
    BeforeEach { Start-Fixture }
    AfterEach { Stop-Fixture }

    It 'Runs_without_an_error: <Page>, <Title>' -ForEach $examples {
        $failures = Invoke-Example $Code
        $failures | ForEach-Object { "$($_.FullyQualifiedErrorId): $_" } | Should -BeNullOrEmpty
    }

    It 'An_example_that_is_wrong_would_be_noticed' {
        Invoke-Example 'Get-MedatarunUser nobody.here | Out-Null' | Should -Not -BeNullOrEmpty
    }
}
