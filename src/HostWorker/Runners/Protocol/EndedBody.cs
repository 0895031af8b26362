namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>The facts of a run's end, as its runner saw them.</summary>
internal sealed record EndedBody
{
    /// <summary>The engine or the payload failed before user code started.</summary>
    public bool NotStarted { get; init; }

    /// <summary>A terminating error ended it.</summary>
    public bool Threw { get; init; }

    /// <summary>It ended because it was told to stop.</summary>
    public bool Stopped { get; init; }

    /// <summary>It wrote at least one error, or threw.</summary>
    public bool HadErrors { get; init; }

    /// <summary>The code it called <c>exit</c> with, if it did.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it did not start, what it threw, or how it ended.</summary>
    public string? Message { get; init; }

    /// <summary>Reads it from its frame.</summary>
    /// <exception cref="ProtocolException">It is none.</exception>
    public static EndedBody Read(Frame frame)
    {
        BodyReader reader = new(frame);
        reader.Expect(FrameType.Ended);
        EndedBody body = new()
        {
            NotStarted = reader.ReadTruth(),
            Threw = reader.ReadTruth(),
            Stopped = reader.ReadTruth(),
            HadErrors = reader.ReadTruth(),
            ExitCode = reader.ReadTruth() ? reader.ReadInt() : null,
            Message = reader.ReadOptionalText(),
        };
        reader.End();
        return body;
    }

    /// <summary>Adds its frame.</summary>
    public void Write(FrameBuffer target)
    {
        target.BeginFrame(FrameType.Ended);
        target.WriteTruth(NotStarted);
        target.WriteTruth(Threw);
        target.WriteTruth(Stopped);
        target.WriteTruth(HadErrors);
        target.WriteTruth(ExitCode is not null);
        if (ExitCode is { } code)
        {
            target.WriteInt(code);
        }

        target.WriteText(Message);
        target.EndFrame();
    }
}
