using System.Diagnostics;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Script;

/// <summary>The worker sees the cultures that other programs see on its machine, and does without where there are none.</summary>
public sealed class CultureTests : IDisposable
{
    private const string Invariant = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";

    // What the runtime looks for is there, but is no library. That a folder vanished while it was searched, as those of tests do, is no matter.
    private const string HideIcu = "find / -xdev -name 'libicu*.so*' -exec mount --bind /dev/null {} ';' 2>/dev/null; exec \"$@\"";
    private const string Cultures = "[cultureinfo]::CurrentCulture.Name; '{0:N1}' -f 1234.5; [cultureinfo]'sv-SE' | ForEach-Object Name";
    private readonly ScriptBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_script_sees_the_machines_culture_and_any_other()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Invariant) is "1" or "true", $"This machine has no cultures: {Invariant} is set.");
        ScriptResult result = await RunAsync([HostProgram.Path]);
        Assert.Equal(["de-DE", "1.234,5", "sv-SE"], result.Lines);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Without_ICU_it_runs_with_the_invariant_culture()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && await CanMountAsync(), "Only who may mount can hide ICU.");
        ScriptResult result = await RunAsync(["unshare", "--mount", "sh", "-c", HideIcu, "sh", HostProgram.Path]);
        Assert.Equal(["", "1,234.5"], [result.Output.Split('\n')[0], result.Output.Split('\n')[1]]);
        Assert.Contains("sv-SE", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    private static async Task<bool> CanMountAsync() =>
        Environment.IsPrivilegedProcess && (await ScriptBench.EndAsync(Start(["unshare", "--mount", "mount", "--bind", "/dev/null", "/dev/zero"]))).ExitCode == 0;

    private static Process Start(string[] command)
    {
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["LC_ALL"] = "de_DE.UTF-8";
        start.Environment.Remove(Invariant);
        return Process.Start(start)!;
    }

    private Task<ScriptResult> RunAsync(string[] program) =>
        ScriptBench.EndAsync(Start([.. program, "script", "--engine", "embedded", _bench.Write("cultures.ps1", Cultures)]));
}
