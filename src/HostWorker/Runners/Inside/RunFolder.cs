using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The folder that a run asks to start in: of the session and of the process, put back when disposed.</summary>
/// <remarks>Where the script itself went meanwhile it stays, as in a PSSession.</remarks>
internal sealed class RunFolder : IDisposable
{
    private readonly PathIntrinsics _session;
    private readonly string _folder;
    private readonly string _sessionBefore;
    private readonly string _processBefore;

    private RunFolder(PathIntrinsics session, string folder)
    {
        (_session, _folder) = (session, folder);
        _sessionBefore = session.CurrentLocation.Path;
        _processBefore = ProcessFolder();
        Environment.CurrentDirectory = folder;
        session.SetLocation(WildcardPattern.Escape(folder));
    }

    /// <summary>Where the runner started, and where a runspace is when nothing else was asked for.</summary>
    public static string Home { get; } = ProcessFolder();

    /// <summary>Goes to the folder that a run asks for; null when it asks for none.</summary>
    /// <exception cref="RunRefusedException">It is not there, or may not be entered.</exception>
    public static RunFolder? Enter(Runspace runspace, RunBody body)
    {
        if ((body.WorkingDirectory ?? body.Setup?.FilesFolder) is not { } asked)
        {
            return null;
        }

        // What is relative is meant to be among the shipped files.
        string folder = Path.GetFullPath(asked, body.Setup?.FilesFolder ?? Home);
        try
        {
            return Directory.Exists(folder)
                ? new RunFolder(runspace.SessionStateProxy.Path, folder)
                : throw new RunRefusedException($"The working directory '{folder}' is not there.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RuntimeException)
        {
            throw new RunRefusedException($"The working directory '{folder}' cannot be entered: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ProcessFolder() == _folder)
        {
            Environment.CurrentDirectory = Directory.Exists(_processBefore) ? _processBefore : Home;
        }

        if (_session.CurrentLocation.Path == _folder && !TryGo(_sessionBefore))
        {
            TryGo(Home);
        }
    }

    private bool TryGo(string path)
    {
        try
        {
            _session.SetLocation(WildcardPattern.Escape(path));
            return true;
        }
        catch (Exception e) when (e is RuntimeException or IOException)
        {
            // Somebody removed it, or its drive, meanwhile.
            return false;
        }
    }

    // A folder that was removed under us has no name any more.
    private static string ProcessFolder()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (IOException)
        {
            return "";
        }
    }
}
