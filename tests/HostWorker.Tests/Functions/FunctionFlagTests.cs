using System.Diagnostics;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Functions;

/// <summary><c>agent --functions</c>: what is wrong with a file is said before anything else happens.</summary>
public sealed class FunctionFlagTests
{
    [Theory]
    [InlineData("/nowhere/Gone.dll", "/nowhere/Gone.dll")]
    [InlineData("Acme.Private.dll", "it has no remote functions")]
    public async Task A_file_that_cannot_be_used_is_a_clear_error(string file, string said)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        string path = Path.Combine(AppContext.BaseDirectory, file);
        string[] arguments = ["agent", "--store", "127.0.0.1:1", "--emulate", "1x1", "--functions", Builds.Current, "--functions", path];
        using Process process = Process.Start(new ProcessStartInfo(HostProgram.Path, arguments) { RedirectStandardError = true })!;
        string error = await process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        Assert.Equal(3, process.ExitCode);
        Assert.Contains("AssemblyNotLoadable", error, StringComparison.Ordinal);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
