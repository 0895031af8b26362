using System.Management.Automation;

namespace Eformer.Pool.Module.Streams;

/// <summary>The streams of a command; for its pipeline thread only.</summary>
internal sealed class CmdletStreams(Cmdlet cmdlet) : IHostStreams
{
    /// <inheritdoc/>
    public void Output(object? item) => cmdlet.WriteObject(item, enumerateCollection: false);

    /// <inheritdoc/>
    public void Error(ErrorRecord error) => cmdlet.WriteError(error);

    /// <inheritdoc/>
    public void Warning(string text) => cmdlet.WriteWarning(text);

    /// <inheritdoc/>
    public void Verbose(string text) => cmdlet.WriteVerbose(text);

    /// <inheritdoc/>
    public void Debug(string text) => cmdlet.WriteDebug(text);

    /// <inheritdoc/>
    public void Information(InformationRecord record) => cmdlet.WriteInformation(record);

    /// <inheritdoc/>
    public void Progress(ProgressRecord record) => cmdlet.WriteProgress(record);
}
