using System.Globalization;

namespace Eformer.Pool.Faults.Tests.Support;

/// <summary>What user code leaves in a folder to show that it ran: for each attempt a line with its process, in a file for its name and host.</summary>
/// <param name="folder">The folder.</param>
/// <param name="log">What agents and drivers have told, for one who waits in vain.</param>
internal sealed class Evidence(string folder, Func<string> log)
{
    /// <summary>A script that shows that it ran.</summary>
    public string Script(string name) =>
        $"[IO.File]::AppendAllText('{folder}/{name}@' + $env:TPU_SLICE_NAME + '.' + $env:TPU_HOST_ID, \"$PID`n\")";

    /// <summary>A script that shows that it ran, starts a child that gets away from it, and never ends by itself.</summary>
    public string EndlessScript(string name) =>
        $"& /bin/sh -c 'setsid sleep 3600 >/dev/null 2>&1 &'; {Script(name)}; while ($true) {{ [Threading.Thread]::Sleep(10) }}";

    /// <summary>A script that shows that it ran and ends when it is let.</summary>
    public string WaitingScript(string name) =>
        $"{Script(name)}; while (-not [IO.File]::Exists('{folder}/{name}')) {{ [Threading.Thread]::Sleep(10) }}; 'done'";

    /// <summary>A script that shows that it ran, and fails until it is let.</summary>
    public string FailingScript(string name) => $"{Script(name)}; if (-not [IO.File]::Exists('{folder}/{name}')) {{ exit 3 }}";

    /// <summary>A script that shows that it ran, and does something else the first time on each host than later.</summary>
    public string FirstTimeScript(string name, string first, string later) =>
        $"{Script(name)}; if ([IO.File]::ReadAllLines('{folder}/{name}@' + $env:TPU_SLICE_NAME + '.' + $env:TPU_HOST_ID).Length -eq 1) {{ {first} }} else {{ {later} }}";

    /// <summary>A script that waits until another host of the slice has shown that it ran.</summary>
    public string AwaitScript(string name, int host) =>
        $"while (-not [IO.File]::Exists('{folder}/{name}@' + $env:TPU_SLICE_NAME + '.{host}')) {{ [Threading.Thread]::Sleep(10) }}";

    /// <summary>A script that shows that it ran, and fails when another runs at the same time.</summary>
    public string ExclusiveScript(string name) =>
        $"{Script(name)}; $lock = [IO.File]::Open('{folder}/{name}.lock', 'CreateNew'); [Threading.Thread]::Sleep(50); $lock.Dispose(); [IO.File]::Delete('{folder}/{name}.lock')";

    /// <summary>Lets a waiting script end.</summary>
    public void Release(string name) => File.WriteAllText(Path.Combine(folder, name), "");

    /// <summary>The processes that ran user code, one for each attempt.</summary>
    public int[] Processes(string name) =>
        [.. Directory.EnumerateFiles(folder, name + "@*").SelectMany(File.ReadAllLines).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];

    /// <summary>Waits until some hosts have begun.</summary>
    public Task AwaitAsync(string name, int hosts, CancellationToken cancellationToken) => Eventually.TrueAsync(
        () => Task.FromResult(Processes(name).Length >= hosts),
        () => $"'{name}' runs on {hosts} host(s), but on {Processes(name).Length}. {log()}", cancellationToken);
}
