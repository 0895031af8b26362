using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The folder that a run asks to start in: of the session and of the process, put back when disposed.</summary>
/// <remarks>Where the script itself went meanwhile it stays, as in a PSSession; but not the process after a run in a fresh runspace.</remarks>
internal sealed class RunFolder : IDisposable
{
    private readonly PathIntrinsics _session;
    private readonly string _folder;
    private readonly string _sessionBefore;
    private readonly string _processBefore;

    private readonly string _home;
    private readonly bool _goesBack;

    private RunFolder(PathIntrinsics session, string folder, string home, bool goesBack)
    {
        (_session, _folder, _home, _goesBack) = (session, folder, home, goesBack);
        _sessionBefore = session.CurrentLocation.Path;
        _processBefore = OfProcess();
        Environment.CurrentDirectory = folder;
        session.SetLocation(WildcardPattern.Escape(folder));
    }

    /// <summary>Where the process is now; a folder that was removed under it has no name any more.</summary>
    public static string OfProcess()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (IOException)
        {
            return AppContext.BaseDirectory;
        }
    }

    /// <summary>Goes to the folder that a run asks for; null when it asks for none.</summary>
    /// <param name="runspace">Where the run will be.</param>
    /// <param name="body">What it asks for.</param>
    /// <param name="home">Where the runner started.</param>
    /// <exception cref="RunRefusedException">It is not there, or may not be entered.</exception>
    public static RunFolder? Enter(Runspace runspace, RunBody body, string home)
    {
        // A fresh runspace was opened ahead, wherever the process happened to be then.
        if ((body.WorkingDirectory ?? body.Setup?.FilesFolder ?? (body.FreshRunspace ? home : null)) is not { } asked)
        {
            return null;
        }

        // What is relative is meant to be among the shipped files.
        string folder = Path.GetFullPath(asked, body.Setup?.FilesFolder ?? home);
        try
        {
            return Directory.Exists(folder)
                ? new RunFolder(runspace.SessionStateProxy.Path, folder, home, body.FreshRunspace)
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
        if (_goesBack || OfProcess() == _folder)
        {
            Environment.CurrentDirectory = Directory.Exists(_processBefore) ? _processBefore : _home;
        }

        if (_session.CurrentLocation.Path == _folder && !TryGo(_sessionBefore))
        {
            TryGo(_home);
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
}
