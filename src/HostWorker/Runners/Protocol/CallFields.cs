namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>The fields of a <see cref="RunnerCall"/> in the body of a frame.</summary>
internal static class CallFields
{
    /// <summary>Reads them; null when there is no call.</summary>
    /// <exception cref="ProtocolException">They are none.</exception>
    public static RunnerCall? Read(ref BodyReader reader) => reader.ReadTruth()
        ? new RunnerCall
        {
            AssemblyPath = reader.ReadText(),
            Function = reader.ReadText(),
            ContractHash = reader.ReadText(),
            Contract = reader.ReadOptionalText(),
            Arguments = reader.ReadBytes(),
            RunId = reader.ReadText(),
            Attempt = reader.ReadCount(),
        }
        : null;

    /// <summary>Adds them.</summary>
    public static void Write(FrameBuffer target, RunnerCall? call)
    {
        target.WriteTruth(call is not null);
        if (call is not null)
        {
            target.WriteText(call.AssemblyPath);
            target.WriteText(call.Function);
            target.WriteText(call.ContractHash);
            target.WriteText(call.Contract);
            target.WriteBytes(call.Arguments.Span);
            target.WriteText(call.RunId);
            target.WriteInt(call.Attempt);
        }
    }
}
