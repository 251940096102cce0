#Requires -Version 7.6
# The server's process as an administrator meets it: started, stopped, killed, and left behind, each a real one.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestSupport.psm1') -Force
    $sentinel = Get-Sentinel
    $secret = ConvertTo-Secret $sentinel.Bootstrap
    $folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "medatarun-servers-$PID-$(Get-Random)")).FullName
    $saved = $env:MEDATARUN_HOME, $env:MEDATARUN_SERVER_PROGRAM, $env:MEDATARUN_AUTH_TOKEN, $env:PATH, $env:DOTNET_ROOT
    $env:MEDATARUN_HOME = Join-Path $folder 'default'

    function New-HomePath { Join-Path $folder (Get-Random) }

    function Test-Answer($Server) {
        try { (Invoke-RestMethod "$($Server.Url)health" -TimeoutSec 5).status -eq 'ok' } catch { $false }
    }

    # A process that has ended but whose parent has not asked for it yet counts as gone.
    function Test-Process([int] $Id) {
        $process = Get-Process -Id $Id -ErrorAction Ignore
        $null -ne $process -and -not ($IsLinux -and (Get-Content "/proc/$Id/stat" -ErrorAction Ignore) -match '^\d+ \(.*\) Z')
    }

    function Wait-Until([scriptblock] $Condition, [double] $Seconds = 30) {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while (-not (& $Condition)) {
            if ($watch.Elapsed.TotalSeconds -gt $Seconds) { throw "Not within $Seconds s: $Condition" }
            Start-Sleep -Milliseconds 20
        }
        $watch.Elapsed
    }

    # A PowerShell of its own, that runs a script and prints JSON.
    function Invoke-OtherPowerShell([string] $Script) {
        $import = "`$ErrorActionPreference = 'Stop'; Import-Module '$(Get-ManifestPath)'; "
        pwsh -NoProfile -NonInteractive -Command ($import + $Script) | ConvertFrom-Json
    }

    # A program that is no server: it says where it runs, and then nothing more.
    function New-SilentProgram {
        $path = Join-Path $folder "silent-$(Get-Random).sh"
        Set-Content $path "#!/bin/sh`necho `$`$ > '$path.pid'`nexec sleep 300"
        chmod +x $path
        $path
    }
}

AfterAll {
    $env:MEDATARUN_HOME, $env:MEDATARUN_SERVER_PROGRAM, $env:MEDATARUN_AUTH_TOKEN, $env:PATH, $env:DOTNET_ROOT = $saved
    Remove-Item $folder -Recurse -Force
}

Describe 'A server that was started' {
    BeforeAll {
        $env:MEDATARUN_AUTH_TOKEN = $sentinel.Token
        $server = Start-MedatarunServer -Port 0 -Home (New-HomePath) -BootstrapSecret $secret
        $env:MEDATARUN_AUTH_TOKEN = $null
    }
    AfterAll { $server | Stop-MedatarunServer }

    It 'answers, and its object says what there is to know' {
        Test-Answer $server | Should -BeTrue
        $server.State | Should -BeExactly 'Running'
        $server.Id | Should -BeOfType int
        $server.Url | Should -BeOfType uri
        $server.Version | Should -Be (Get-Module Medatarun).Version.ToString()
        $server.LogPath | Should -Exist
        $server.LogPath | Should -BeLike "$($server.DataPath)*"
        ([DateTimeOffset]::UtcNow - $server.StartedAt).TotalMinutes | Should -BeLessThan 5
    }

    It 'carries the bootstrap secret where no listing, JSON or file shows it' {
        $server.BootstrapSecret | Should -BeOfType securestring
        $file = Join-Path $folder 'server.clixml'
        $server | Export-Clixml $file
        $shown = ($server | Format-List * | Out-String), ($server | ConvertTo-Json -Depth 5), (Get-Content $file -Raw), "$server"
        $shown | Should -Not -Match $sentinel.Bootstrap
    }

    It 'shows the secret in no argument and no file, and has not inherited the token of whoever started it' -Skip:(-not $IsLinux) {
        [IO.File]::ReadAllText("/proc/$($server.Id)/cmdline") | Should -Not -Match $sentinel.Bootstrap
        [IO.File]::ReadAllText("/proc/$($server.Id)/environ") | Should -Not -Match "$($sentinel.Token)|$($sentinel.Bootstrap)"
        foreach ($file in Get-ChildItem $server.DataPath -Recurse -File -Exclude medatarun.lock) {
            [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($file.FullName)) | Should -Not -Match $sentinel.Bootstrap
        }
    }

    It 'is shown by Get-MedatarunServer, also by its home' {
        (Get-MedatarunServer).Id | Should -Contain $server.Id
        (Get-MedatarunServer -Home $server.DataPath).Id | Should -Be $server.Id
        Get-MedatarunServer -Home (New-HomePath) | Should -BeNullOrEmpty
    }

    It 'is not started twice: the error brings the running one' {
        $caught = { Start-MedatarunServer -Port 0 -Home $server.DataPath } | Should -Throw -ErrorId 'ServerAlreadyRunning,*' -PassThru
        $caught.TargetObject.Id | Should -Be $server.Id
        $caught.CategoryInfo.Category | Should -Be 'ResourceExists'
    }

    It 'keeps its port to itself' {
        $home2 = New-HomePath
        $caught = { Start-MedatarunServer -Port $server.Url.Port -Home $home2 } | Should -Throw -ErrorId 'PortInUse,*' -PassThru
        $caught.Exception.Message | Should -Match "Port $($server.Url.Port) "
        $caught.Exception.Message | Should -Not -Match '--port'
        $caught.ErrorDetails.RecommendedAction | Should -Match '-Port 0'
        Get-MedatarunServer -Home $home2 | Should -BeNullOrEmpty
    }

    It 'has no bootstrap secret any more once there is an administrator' {
        $server | Initialize-MedatarunAdmin -Credential (New-TestCredential admin) | Out-Null
        (Get-MedatarunServer -Home $server.DataPath).BootstrapSecret | Should -BeNullOrEmpty
        { Get-MedatarunServer -Home $server.DataPath | Initialize-MedatarunAdmin -Credential (New-TestCredential two) -ErrorAction Stop } |
            Should -Throw -ErrorId 'BootstrapSecretMissing,*'
    }
}

Describe 'A server that does not start' {
    AfterEach { $env:MEDATARUN_SERVER_PROGRAM, $env:PATH, $env:DOTNET_ROOT = $saved[1], $saved[3], $saved[4] }

    It 'names an unknown configuration key' {
        $bad = New-HomePath
        $null = New-Item -ItemType Directory (Join-Path $bad 'config')
        Set-Content (Join-Path $bad 'config/medatarun.properties') 'medatarun.servr.port=1'
        { Start-MedatarunServer -Port 0 -Home $bad } | Should -Throw "*'medatarun.servr.port'*" -ErrorId 'ServerStartFailed,*'
    }

    It 'names a program that is not there' {
        $env:MEDATARUN_SERVER_PROGRAM = Join-Path $folder 'nothing'
        { Start-MedatarunServer -Port 0 -Ephemeral } | Should -Throw '*MEDATARUN_SERVER_PROGRAM*' -ErrorId 'ServerStartFailed,*'
    }

    It 'says so when there is no .NET to run it' {
        $env:MEDATARUN_SERVER_PROGRAM = Join-Path (Get-RepositoryPath) 'server/medatarun.dll'
        $env:PATH = $folder
        $env:DOTNET_ROOT = $null
        { Start-MedatarunServer -Port 0 -Ephemeral } | Should -Throw -ErrorId 'DotNetRuntimeMissing,*'
    }

    It 'says so when the .NET that is there is not the right one' -Skip:$IsWindows {
        $env:MEDATARUN_SERVER_PROGRAM = Join-Path (Get-RepositoryPath) 'server/medatarun'
        $env:DOTNET_ROOT = $folder
        { Start-MedatarunServer -Port 0 -Ephemeral } | Should -Throw -ErrorId 'DotNetRuntimeMissing,*'
    }

    It 'is ended when its time is over, with the last lines of the log' -Skip:$IsWindows {
        $silent = New-HomePath
        $null = New-Item -ItemType Directory (Join-Path $silent 'logs')
        Set-Content (Join-Path $silent 'logs/medatarun.log') 'a line of the log'
        $env:MEDATARUN_SERVER_PROGRAM = New-SilentProgram
        { Start-MedatarunServer -Port 0 -Home $silent -Timeout 1 } |
            Should -Throw '*within 1 seconds*a line of the log*' -ErrorId 'ServerStartFailed,*'
        Test-Process (Get-Content "$env:MEDATARUN_SERVER_PROGRAM.pid") | Should -BeFalse
    }

    It 'is ended when the user stops waiting for it' -Skip:$IsWindows {
        $program = New-SilentProgram
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$(Get-ManifestPath)'; `$env:MEDATARUN_SERVER_PROGRAM = '$program'; Start-MedatarunServer -Port 0 -Ephemeral")
        $running = $shell.BeginInvoke()
        $null = Wait-Until { (Test-Path "$program.pid") -and (Get-Content "$program.pid") }
        $shell.Stop()
        $null = Wait-Until { -not (Test-Process (Get-Content "$program.pid")) } -Seconds 2
        $running.IsCompleted | Should -BeTrue
        $shell.Dispose()
    }

    It 'is not even tried with -WhatIf' {
        $untouched = New-HomePath
        Start-MedatarunServer -Port 0 -Home $untouched -WhatIf
        $untouched | Should -Not -Exist
    }
}

Describe 'Stopping' {
    BeforeEach { $server = Start-MedatarunServer -Port 0 -Ephemeral }
    AfterEach { $server | Stop-MedatarunServer }

    It 'takes an object, and the data of an ephemeral server goes' {
        $server | Stop-MedatarunServer | Should -BeNullOrEmpty
        Test-Process $server.Id | Should -BeFalse
        $server.DataPath | Should -Not -Exist
    }

    It 'takes a process id' {
        Stop-MedatarunServer -Id $server.Id
        Test-Process $server.Id | Should -BeFalse
    }

    It 'takes a home' {
        Stop-MedatarunServer -Home $server.DataPath
        Test-Process $server.Id | Should -BeFalse
    }

    It 'takes an object that was written to a file and read again' {
        $file = Join-Path $folder "$(Get-Random).clixml"
        $server | Export-Clixml $file
        Import-Clixml $file | Stop-MedatarunServer
        Test-Process $server.Id | Should -BeFalse
    }

    It 'is no error when there is nothing to stop' {
        $server | Stop-MedatarunServer
        $server | Stop-MedatarunServer -PassThru -ErrorAction Stop | ForEach-Object State | Should -Be 'Stopped'
        Stop-MedatarunServer -Id $server.Id -ErrorAction Stop
        Stop-MedatarunServer -Home $server.DataPath -ErrorAction Stop
    }

    It 'only says what it would do with -WhatIf' {
        $server | Stop-MedatarunServer -WhatIf
        Test-Answer $server | Should -BeTrue
    }

    It 'never touches another program: <Case>' -ForEach @(
        @{ Case = 'by its id'; Stop = { Stop-MedatarunServer -Id $other.Id } }
        @{ Case = 'by an object that claims it'; Stop = { [pscustomobject]@{ Id = $other.Id; DataPath = $folder; Url = 'http://x' } | Stop-MedatarunServer } }
    ) {
        $other = Start-Process sleep 300 -PassThru
        & $Stop 2>&1 | Out-Null
        Test-Process $other.Id | Should -BeTrue
        $other.Kill()
    }

    It 'reports the id of another program' {
        Stop-MedatarunServer -Id $PID -ErrorVariable failure -ErrorAction SilentlyContinue
        Get-ErrorId $failure | Should -Be 'ServerNotFound'
    }

    It 'stops nothing for a variable that turns out to be empty' {
        $nothing = $null
        $nothing | Stop-MedatarunServer -ErrorAction SilentlyContinue
        @() | Stop-MedatarunServer
        Test-Answer $server | Should -BeTrue
    }
}

Describe 'Without a name' {
    It 'the servers of this session are meant, and those of the default home' {
        $seen = Invoke-OtherPowerShell @'
            $one = Start-MedatarunServer -Port 0 -Ephemeral
            $two = Start-MedatarunServer -Port 0
            $all = (Get-MedatarunServer).Id
            Stop-MedatarunServer
            @{ started = $one.Id, $two.Id; shown = $all; home = $two.DataPath; left = @(Get-MedatarunServer).Count } | ConvertTo-Json
'@
        $seen.shown | Sort-Object | Should -Be ($seen.started | Sort-Object)
        $seen.home | Should -Be $env:MEDATARUN_HOME
        $seen.left | Should -Be 0
    }

    It 'a session that started none means the one of the default home' {
        $server = Start-MedatarunServer -Port 0
        $seen = Invoke-OtherPowerShell '@{ id = (Get-MedatarunServer).Id; stopped = (Stop-MedatarunServer -PassThru).Id } | ConvertTo-Json'
        $seen.id, $seen.stopped | Should -Be $server.Id, $server.Id
        Test-Process $server.Id | Should -BeFalse
        Start-MedatarunServer -Port 0 | Stop-MedatarunServer
    }
}

Describe 'Restarting' {
    It 'keeps address, home and manner, and what was signed in stays so' {
        $server = Start-MedatarunServer -Port 0 -Home (New-HomePath) -Detached
        $admin = $server | Initialize-MedatarunAdmin -Credential (New-TestCredential admin)
        $again = $server | Restart-MedatarunServer
        $again.Id | Should -Not -Be $server.Id
        $again.Url, $again.DataPath, $again.Detached, $again.Ephemeral | Should -Be $server.Url, $server.DataPath, $true, $false
        $again.BootstrapSecret | Should -BeNullOrEmpty
        (Get-MedatarunUser -Current -Connection $admin).UserName | Should -Be 'admin'
        $again | Stop-MedatarunServer
    }

    It 'warns that an ephemeral server loses its data' {
        $server = Start-MedatarunServer -Port 0 -Ephemeral
        $again = $server | Restart-MedatarunServer -WarningVariable warning -WarningAction SilentlyContinue
        "$warning" | Should -Match 'without its data'
        $again.BootstrapSecret | Should -BeOfType securestring
        $again | Stop-MedatarunServer
    }

    It 'starts a server that has stopped' {
        $server = Start-MedatarunServer -Port 0 -Home (New-HomePath)
        $server | Stop-MedatarunServer
        $again = $server | Restart-MedatarunServer
        $again.Url | Should -Be $server.Url
        $again | Stop-MedatarunServer
    }

    It 'does nothing with -WhatIf' {
        $server = Start-MedatarunServer -Port 0 -Ephemeral
        $server | Restart-MedatarunServer -WhatIf
        (Get-MedatarunServer -Home $server.DataPath).Id | Should -Be $server.Id
        $server | Stop-MedatarunServer
    }

    It 'reports a home where none runs' {
        { Restart-MedatarunServer -Home (New-HomePath) -ErrorAction Stop } | Should -Throw -ErrorId 'ServerNotFound,*'
    }
}

Describe 'When its PowerShell ends' {
    BeforeAll {
        $script = @"
            Import-Module '$(Get-ManifestPath)'
            `$own = Start-MedatarunServer -Port 0 -Home '$folder/own'
            `$detached = Start-MedatarunServer -Port 0 -Home '$folder/detached' -Detached
            Set-Content '$folder/ready' up
            Start-Sleep 300
"@
        $file = Join-Path $folder 'parent.ps1'
        Set-Content $file $script
    }
    BeforeEach {
        Remove-Item "$folder/ready" -ErrorAction Ignore
        $parent = Start-Process pwsh -ArgumentList '-NoProfile', '-File', $file -PassThru
        $null = Wait-Until { Test-Path "$folder/ready" } -Seconds 60
        $own, $detached = Get-MedatarunServer -Home "$folder/own", "$folder/detached"
    }
    AfterEach {
        if (-not $parent.HasExited) { $parent.Kill() }
        Stop-MedatarunServer -Home "$folder/own", "$folder/detached"
    }

    It 'killed with -9, its server is gone within 2 s, and a detached one is not' {
        Stop-Process -Id $parent.Id -Force
        (Wait-Until { -not (Test-Process $own.Id) } -Seconds 10).TotalSeconds | Should -BeLessThan 2
        Test-Answer $own | Should -BeFalse
        Test-Answer $detached | Should -BeTrue
    }

    It 'another PowerShell sees both, without the secret, and can stop them' {
        $own.BootstrapSecret, $detached.BootstrapSecret | Should -Be $null, $null
        $own, $detached | Stop-MedatarunServer
        Test-Process $own.Id | Should -BeFalse
        Test-Process $detached.Id | Should -BeFalse
    }
}
