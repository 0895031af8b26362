namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>What a runner shall run.</summary>
/// <param name="AttemptId">Identity of the attempt, for logs.</param>
/// <param name="Script">Text of the script block, without its braces.</param>
/// <param name="ArgumentsXml">The arguments as one CLIXML document that holds a list, or null for none.</param>
/// <param name="Environment">Every environment variable of this run; those of the pool that are not among them are removed.</param>
internal sealed record RunBody(string AttemptId, string Script, string? ArgumentsXml, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Reads it from its frame.</summary>
    /// <exception cref="ProtocolException">It is none.</exception>
    public static RunBody Read(Frame frame)
    {
        BodyReader reader = new(frame);
        reader.Expect(FrameType.Run);
        string attempt = reader.ReadText();
        string script = reader.ReadText();
        string? arguments = reader.ReadOptionalText();
        Dictionary<string, string> environment = [];
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            environment[reader.ReadText()] = reader.ReadText();
        }

        reader.End();
        return new RunBody(attempt, script, arguments, environment);
    }

    /// <summary>Adds its frame.</summary>
    /// <exception cref="ProtocolException">It is too big for a frame.</exception>
    public void Write(FrameBuffer target)
    {
        target.BeginFrame(FrameType.Run);
        target.WriteText(AttemptId);
        target.WriteText(Script);
        target.WriteText(ArgumentsXml);
        target.WriteInt(Environment.Count);
        foreach ((string name, string value) in Environment)
        {
            target.WriteText(name);
            target.WriteText(value);
        }

        target.EndFrame();
    }
}
