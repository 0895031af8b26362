namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>What progress records have come to, in words that an agent without an engine understands.</summary>
/// <param name="Current">What goes on; null when what went on is over.</param>
internal sealed record ProgressBody(RunProgress? Current)
{
    /// <summary>Reads it from its frame.</summary>
    /// <exception cref="ProtocolException">It is none.</exception>
    public static ProgressBody Read(Frame frame)
    {
        BodyReader reader = new(frame);
        reader.Expect(FrameType.Progress);
        ProgressBody body = new(reader.ReadTruth() ? new RunProgress(reader.ReadText(), reader.ReadText(), reader.ReadInt()) : null);
        reader.End();
        return body;
    }

    /// <summary>Adds its frame.</summary>
    public void Write(FrameBuffer target)
    {
        target.BeginFrame(FrameType.Progress);
        target.WriteTruth(Current is not null);
        if (Current is not null)
        {
            target.WriteText(Current.Activity);
            target.WriteText(Current.Status);
            target.WriteInt(Current.Percent);
        }

        target.EndFrame();
    }
}
