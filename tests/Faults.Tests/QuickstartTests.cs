using System.Diagnostics;
using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>What the README promises first.</summary>
public sealed class QuickstartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_quickstart_finds_the_one_host_that_differs()
    {
        ProcessStartInfo start = new(HostExecutable.Path, ["script", "--engine", "embedded", Repository.PathOf("samples/quickstart.ps1")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(Token);
        string output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.Equal("", await errors);
        Assert.Equal(0, process.ExitCode);
        string[] lines = output.Split('\n');
        Assert.Equal(7, lines.Count(line => line.StartsWith("slice-", StringComparison.Ordinal) && line.EndsWith(" same", StringComparison.Ordinal)));
        Assert.StartsWith("slice-1/2 ", Assert.Single(lines, line => line.EndsWith(" DIFFERS", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("7 of 8 hosts agree", output, StringComparison.Ordinal);
        Assert.Contains("The pool is removed.", output, StringComparison.Ordinal);
    }
}
