namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>A runner's first words.</summary>
/// <param name="Token">The one-time token it was started with: proves that it is the process its agent started.</param>
/// <param name="Pid">Its process id.</param>
/// <param name="Engine">Which engine it will load, such as <c>pwsh 7.6.5</c>.</param>
internal sealed record HelloBody(string Token, int Pid, string Engine)
{
    /// <summary>Reads it from its frame.</summary>
    /// <exception cref="ProtocolException">It is none.</exception>
    public static HelloBody Read(Frame frame)
    {
        BodyReader reader = new(frame);
        reader.Expect(FrameType.Hello);
        HelloBody body = new(reader.ReadText(), reader.ReadInt(), reader.ReadText());
        reader.End();
        return body;
    }

    /// <summary>Adds its frame.</summary>
    public void Write(FrameBuffer target)
    {
        target.BeginFrame(FrameType.Hello);
        target.WriteText(Token);
        target.WriteInt(Pid);
        target.WriteText(Engine);
        target.EndFrame();
    }
}
