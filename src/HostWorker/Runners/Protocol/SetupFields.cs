namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>The fields of a <see cref="RunnerSetup"/> in the body of a frame.</summary>
internal static class SetupFields
{
    /// <summary>Reads them; null when there is no setup.</summary>
    /// <exception cref="ProtocolException">They are none.</exception>
    public static RunnerSetup? Read(ref BodyReader reader) => reader.ReadTruth()
        ? new RunnerSetup(
            reader.ReadText(), reader.ReadNamedTexts(), reader.ReadTexts(), reader.ReadOptionalText(), reader.ReadOptionalText())
        : null;

    /// <summary>Adds them.</summary>
    public static void Write(FrameBuffer target, RunnerSetup? setup)
    {
        target.WriteTruth(setup is not null);
        if (setup is not null)
        {
            target.WriteText(setup.Hash);
            target.WriteNamedTexts(setup.Functions);
            target.WriteTexts(setup.Modules);
            target.WriteText(setup.FilesFolder);
            target.WriteText(setup.InitializationScript);
        }
    }
}
