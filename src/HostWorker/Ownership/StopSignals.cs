using System.Runtime.InteropServices;

namespace Eformer.Pool.HostWorker.Ownership;

/// <summary>Ends a process on SIGTERM, and on Ctrl+C unless it has an owner.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Starts to listen.</summary>
    /// <param name="owned">
    /// Whether the process has an owner. Ctrl+C reaches every process of a terminal; one that stops a run in the owner's
    /// session must not take its store or its hosts away from it.
    /// </param>
    public StopSignals(bool owned) =>
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, stop: true)),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, stop: !owned)),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => Handle(context, stop: !owned)),
        ];

    /// <summary>Completes with the first signal that ends the process.</summary>
    public Task Stopped => _stopped.Task;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Handle(PosixSignalContext context, bool stop)
    {
        context.Cancel = true;
        if (stop)
        {
            _stopped.TrySetResult();
        }
    }
}
