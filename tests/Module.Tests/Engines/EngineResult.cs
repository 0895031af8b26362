using System.Management.Automation;
using System.Reflection;

namespace Eformer.Pool.Module.Tests.Engines;

/// <summary>What a script wrote.</summary>
internal sealed class EngineResult(IReadOnlyList<PSObject> output, PSDataStreams streams, ErrorRecord? failure, string hostText)
{
    public IReadOnlyList<PSObject> Output => output;

    public IReadOnlyList<ErrorRecord> Errors { get; } = [.. streams.Error];

    public IReadOnlyList<string> Warnings { get; } = [.. streams.Warning.Select(record => record.Message)];

    public IReadOnlyList<string> Verbose { get; } = [.. streams.Verbose.Select(record => record.Message)];

    public IReadOnlyList<string> DebugTexts { get; } = [.. streams.Debug.Select(record => record.Message)];

    public IReadOnlyList<InformationRecord> Information { get; } = [.. streams.Information];

    public IReadOnlyList<ProgressRecord> Progress { get; } = [.. streams.Progress];

    /// <summary>The error that ended the script, or null.</summary>
    public ErrorRecord? Failure => failure;

    /// <summary>What was printed.</summary>
    public string HostText => hostText;

    /// <summary>The output as text.</summary>
    public IReadOnlyList<string> Texts => [.. output.Select(item => item?.ToString() ?? "")];

    /// <summary>The ids of all errors, without the command's name.</summary>
    public IReadOnlyList<string> ErrorIds => [.. Errors.Append(failure).OfType<ErrorRecord>().Select(Id)];

    /// <summary>The output of a script that must not have gone wrong.</summary>
    public IReadOnlyList<PSObject> Expect()
    {
        // In full: an assertion would show the beginnings of them only.
        string[] wrong = [.. Errors.Append(failure).OfType<ErrorRecord>().Select(Describe)];
        Assert.True(wrong.Length == 0, string.Join(Environment.NewLine, wrong));
        return output;
    }

    /// <summary>The one error there must be.</summary>
    public ErrorRecord ExpectError(string id)
    {
        Assert.Equal([id], ErrorIds);
        return failure ?? Errors[0];
    }

    private static string Id(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    private static string Describe(ErrorRecord error) =>
        $"{error.FullyQualifiedErrorId}: {error} {(error.Exception is TargetInvocationException or null ? "" : error.Exception)}";
}
