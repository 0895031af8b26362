using System.Management.Automation;

namespace Eformer.Pool.Module.Streams;

/// <summary>Where the streams of hosts go: those of a command, or those of a job.</summary>
internal interface IHostStreams
{
    /// <summary>Writes an object.</summary>
    void Output(object? item);

    /// <summary>Writes an error.</summary>
    void Error(ErrorRecord error);

    /// <summary>Writes a warning.</summary>
    void Warning(string text);

    /// <summary>Writes verbose text.</summary>
    void Verbose(string text);

    /// <summary>Writes debug text.</summary>
    void Debug(string text);

    /// <summary>Writes information, host text too.</summary>
    void Information(InformationRecord record);

    /// <summary>Writes progress.</summary>
    void Progress(ProgressRecord record);
}
