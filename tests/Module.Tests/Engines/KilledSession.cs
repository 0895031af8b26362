using System.Diagnostics;

namespace Eformer.Pool.Module.Tests.Engines;

/// <summary>A session in a process of its own that was killed in the middle of its script.</summary>
internal sealed class KilledSession : IDisposable
{
    /// <summary>Starts a session and kills it when a condition is met.</summary>
    /// <param name="script">Its script, which must not end by itself.</param>
    /// <param name="when">Told the session's temporary folder.</param>
    public KilledSession(string script, Func<string, bool> when)
    {
        Folder = Directory.CreateTempSubdirectory("session-").FullName;
        using Process process = SessionProcess.Start(Folder, script);
        bool met = Wait.Until(() => process.HasExited || when(Folder), TimeSpan.FromSeconds(60));
        bool ended = process.HasExited;
        process.Kill();
        process.WaitForExit();
        Assert.True(met && !ended, $"The session {(ended ? "ended by itself" : "did not come so far")}: {process.StandardOutput.ReadToEnd()}");
    }

    /// <summary>The temporary folder of everything that it started.</summary>
    public string Folder { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
