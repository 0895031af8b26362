namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>What a runner shall run.</summary>
/// <param name="AttemptId">Identity of the attempt, for logs.</param>
/// <param name="Script">Text of the script block, without its braces; empty for a call.</param>
/// <param name="ArgumentsXml">The arguments as one CLIXML document that holds a list, or null for none.</param>
/// <param name="Environment">Every environment variable of this run; those of the pool that are not among them are removed.</param>
internal sealed record RunBody(string AttemptId, string Script, string? ArgumentsXml, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Input of the script as one CLIXML document that holds a list, or null for none.</summary>
    public string? InputXml { get; init; }

    /// <summary>How many levels of properties are kept on the way back.</summary>
    public int Depth { get; init; } = 2;

    /// <summary>Whether it runs in a fresh runspace instead of the session.</summary>
    public bool FreshRunspace { get; init; }

    /// <summary>Folder to start in; null for that of the shipped files, or where the session is.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What is set up before the script, or null.</summary>
    public RunnerSetup? Setup { get; init; }

    /// <summary>The function to call instead of the script; null for none.</summary>
    public RunnerCall? Call { get; init; }

    /// <summary>The body for a job.</summary>
    public static RunBody Of(RunnerJob job) => new(job.AttemptId, job.Script, job.ArgumentsXml, job.Environment)
    {
        InputXml = job.InputXml,
        Depth = job.Depth,
        FreshRunspace = job.FreshRunspace,
        WorkingDirectory = job.WorkingDirectory,
        Setup = job.Setup,
        Call = job.Call,
    };

    /// <summary>Reads it from its frame.</summary>
    /// <exception cref="ProtocolException">It is none.</exception>
    public static RunBody Read(Frame frame)
    {
        BodyReader reader = new(frame);
        reader.Expect(FrameType.Run);
        RunBody body = new(reader.ReadText(), reader.ReadText(), reader.ReadOptionalText(), reader.ReadNamedTexts())
        {
            InputXml = reader.ReadOptionalText(),
            Depth = reader.ReadCount(),
            FreshRunspace = reader.ReadTruth(),
            WorkingDirectory = reader.ReadOptionalText(),
            Setup = SetupFields.Read(ref reader),
            Call = CallFields.Read(ref reader),
        };
        reader.End();
        return body;
    }

    /// <summary>Adds its frame.</summary>
    /// <exception cref="ProtocolException">It is too big for a frame.</exception>
    public void Write(FrameBuffer target)
    {
        target.BeginFrame(FrameType.Run);
        target.WriteText(AttemptId);
        target.WriteText(Script);
        target.WriteText(ArgumentsXml);
        target.WriteNamedTexts(Environment);
        target.WriteText(InputXml);
        target.WriteInt(Depth);
        target.WriteTruth(FreshRunspace);
        target.WriteText(WorkingDirectory);
        SetupFields.Write(target, Setup);
        CallFields.Write(target, Call);
        target.EndFrame();
    }
}
