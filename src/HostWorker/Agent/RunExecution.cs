using System.Globalization;
using Eformer.Pool.Envelopes;
using Eformer.Pool.HostWorker.Agent.Outcomes;
using Eformer.Pool.HostWorker.Functions;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.RuntimeEnvironments;
using Eformer.Pool.Leases;
using Eformer.Pool.Payloads;
using Eformer.Pool.Runs;
using Eformer.Pool.Store;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Carries out one command on this agent's hosts of one slice: claim, run on each, publish, one end for each.</summary>
internal sealed partial class RunExecution(
    AgentContext agent, CancelledRuns cancelled, HealthWatch health, EnvironmentCache environments, LeaseFunctions functions, ILogger logger, CancellationToken giveUp)
{
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(500);

    public async Task ExecuteAsync(RunCommand command, LeaseRecord lease, IReadOnlyList<HostSlot> slots, ReadOnlyMemory<byte> payload, Arrival arrival)
    {
        string writer = string.Create(CultureInfo.InvariantCulture, $"{agent.AgentId}.{lease.Grant.Slot}.{command.Dispatch}");
        ClaimReply claim = await ClaimAsync(command, lease.Grant, writer, slots, payload.IsEmpty);
        HostSlot[] claimed = [.. slots.Where(slot => claim.Granted.Contains(RunKey(lease.Grant, slot)))];
        if (claimed.Length == 0)
        {
            LogNothingClaimed(command.RunId);
            return;
        }

        await using RunPublisher publisher = new(agent, command, writer, claimed.Length, logger, giveUp);
        if (claim.Cancelled)
        {
            await EndAllAsync(publisher, lease.Grant, claimed, RunOutcome.Cancelled, "cancelled before it started", command.Attempt);
            return;
        }

        ReadOnlyMemory<byte> bytes = payload.IsEmpty ? claim.Payload : payload;
        ScriptPayload? script = CommandCheck.IsPayloadOf(command, bytes.Span) ? WireJson.TryRead<ScriptPayload>(bytes.Span) : null;
        if (script is null)
        {
            await EndAllAsync(publisher, lease.Grant, claimed, RunOutcome.Error, "the payload is not the one that was signed", command.Attempt);
            return;
        }

        await arrival.Before;
        CallStarts starts = new();
        Task[] attempts = [.. claimed.Select(slot => AttemptAsync(command, lease, slot, script, publisher, starts))];
        arrival.Dispose();
        starts.Go();
        await Task.WhenAll(attempts);
    }

    // A claim is idempotent, and one whose answer was lost may have been carried out: it is repeated as long as the lease allows.
    private async Task<ClaimReply> ClaimAsync(RunCommand command, LeaseGrant grant, string writer, IReadOnlyList<HostSlot> slots, bool withPayload)
    {
        ClaimRequest request = new(
            command.RunId, writer, agent.Incarnation, command.Attempt, [.. slots.Select(slot => RunKey(grant, slot))], withPayload);
        try
        {
            return await ClaimAsync(request, slots);
        }
        finally
        {
            agent.Trouble.Leave(request);
        }
    }

    private async Task<ClaimReply> ClaimAsync(ClaimRequest request, IReadOnlyList<HostSlot> slots)
    {
        while (true)
        {
            try
            {
                return await agent.Store.ClaimAsync(request, CancellationToken.None);
            }
            catch (SlicePoolException exception) when (CanRetry(exception, slots))
            {
                agent.Trouble.Meet(request, exception);
                await Task.Delay(s_retry, agent.Clock, CancellationToken.None);
            }
        }
    }

    private bool CanRetry(SlicePoolException exception, IReadOnlyList<HostSlot> slots) =>
        exception.ErrorId == "StoreUnreachable" && !giveUp.IsCancellationRequested && slots.Any(slot => slot.Phase() == LeasePhase.Work);

    private async Task EndAllAsync(
        RunPublisher publisher, LeaseGrant grant, HostSlot[] slots, RunOutcome outcome, string evidence, int attempt)
    {
        foreach (HostSlot slot in slots)
        {
            await publisher.EndAsync(RunKey(grant, slot), OutcomeRules.NotStarted(outcome, evidence, attempt, agent.Clock.GetUtcNow()));
        }
    }

    private async Task AttemptAsync(
        RunCommand command, LeaseRecord lease, HostSlot slot, ScriptPayload script, RunPublisher publisher, CallStarts starts)
    {
        using Attempt attempt = new(command.RunId, command.Attempt);
        using CancellationTokenRegistration unwanted = publisher.Closed.Register(() => attempt.Stop(StopCause.Cancelled));
        AttemptEnd end;
        try
        {
            end = await BeginAndRunAsync(command, lease, slot, script, publisher, attempt, starts);
        }
        catch (Exception exception)
        {
            // A defect of ours; whoever waits for this host's end must get one, or would wait as long as the lease lasts.
            LogAttemptFailed(exception, command.RunId, slot.Key);
            end = OutcomeRules.NotStarted(RunOutcome.Unknown, "the agent failed: " + exception.Message, command.Attempt, agent.Clock.GetUtcNow());
        }
        finally
        {
            // Before the end is told: whoever hears it may send the next run at once, and must not find the host busy.
            End(slot, attempt);
        }

        await publisher.EndAsync(RunKey(lease.Grant, slot), PreemptionRule.Apply(end, health.Preemption));
    }

    private void End(HostSlot slot, Attempt attempt)
    {
        if (attempt.Remains is not { } remains)
        {
            slot.End(attempt);
            return;
        }

        LogStillRuns(attempt.RunId, slot.Key);
        _ = remains.ContinueWith(_ => slot.End(attempt), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task<AttemptEnd> BeginAndRunAsync(
        RunCommand command, LeaseRecord lease, HostSlot slot, ScriptPayload script, RunPublisher publisher, Attempt attempt, CallStarts starts)
    {
        Task<AttemptRefusal?> beginning = slot.BeginAsync(attempt, command.Lease.LeaseId, command.Lease.Epoch, command.WhenBusy);
        if (cancelled.Has(command.RunId, command.Attempt))
        {
            attempt.Stop(StopCause.Cancelled);
        }

        if (await beginning is { } refusal)
        {
            return OutcomeRules.NotStarted(RunOutcome.NeverStarted, refusal.Reason, command.Attempt, agent.Clock.GetUtcNow()) with { HostBusy = refusal.IsBusy };
        }

        return attempt.Cause == StopCause.None
            ? await StartAndRunAsync(command, lease, slot, script, publisher, attempt, starts)
            : OutcomeRules.StoppedEarly(attempt.Cause, command.Attempt, agent.Clock.GetUtcNow());
    }

    private async Task<AttemptEnd> StartAndRunAsync(
        RunCommand command, LeaseRecord lease, HostSlot slot, ScriptPayload script, RunPublisher publisher, Attempt attempt, CallStarts starts)
    {
        RunnerJob job;
        IRunPlace place;
        try
        {
            RunnerSetup? setup = script.Setup is null
                ? null
                : await environments.PrepareAsync(agent.Store, script.Setup, slot.Key, command.Lease.LeaseId, attempt.StopToken);
            job = script.Call is null ? JobOf(command, lease, slot, script, setup) : JobOf(command, lease, slot, script, script.Call, setup);
            place = await PlaceOfAsync(command, slot, job, attempt, starts);
        }
        catch (OperationCanceledException)
        {
            return OutcomeRules.StoppedEarly(attempt.Cause, command.Attempt, agent.Clock.GetUtcNow());
        }
        catch (SlicePoolException exception)
        {
            // A runner that cannot be started, an environment or a function that cannot be had, is this host's trouble, not the other hosts'.
            LogNotStarted(exception.ErrorId, exception.Message, command.RunId, slot.Key);
            return OutcomeRules.NotStarted(RunOutcome.Error, CallErrors.EvidenceOf(exception), command.Attempt, agent.Clock.GetUtcNow());
        }
        catch (Exception exception)
        {
            // A defect of ours, but no user code has started.
            LogAttemptFailed(exception, command.RunId, slot.Key);
            return OutcomeRules.NotStarted(RunOutcome.Error, "the agent failed: " + exception.Message, command.Attempt, agent.Clock.GetUtcNow());
        }

        try
        {
            return await RunAsync(place, job, command, RunKey(lease.Grant, slot), publisher, attempt);
        }
        catch (Exception exception)
        {
            // A defect of ours, met after user code may have started: nothing tells how far it came.
            LogAttemptFailed(exception, command.RunId, slot.Key);
            return OutcomeRules.NotStarted(
                RunOutcome.Unknown, "the agent failed: " + exception.Message, command.Attempt, agent.Clock.GetUtcNow());
        }
        finally
        {
            await ReturnAsync(place, command, slot);
        }
    }

    private async Task<IRunPlace> PlaceOfAsync(RunCommand command, HostSlot slot, RunnerJob job, Attempt attempt, CallStarts starts)
    {
        if (command.Isolation != Isolation.InProcess)
        {
            return await slot.Runners.TakeAsync(command.Isolation, attempt.StopToken);
        }

        // The agent of a real host has the store's password and the keys: nobody's code runs in it.
        return slot.Registration.Emulated && job.Call is { } call
            ? new InProcessPlace(functions.Load(slot.Key, command.Lease.LeaseId, call.AssemblyPath), attempt, starts, agent.Clock)
            : throw CallErrors.NotInProcess();
    }

    private static string RunKey(LeaseGrant grant, HostSlot slot) => RunHost.Key(grant.Slot, HostEnvironment.IndexOf(grant, slot.Key));

    private static RunnerJob JobOf(RunCommand command, LeaseRecord lease, HostSlot slot, ScriptPayload script, RunnerSetup? setup) => new()
    {
        AttemptId = $"{command.RunId}.{command.Attempt}",
        Script = script.Script,
        ArgumentsXml = script.ArgumentsXml,
        InputXml = script.InputParts?.GetValueOrDefault(RunKey(lease.Grant, slot)) ?? script.InputXml,
        Depth = script.Depth,
        FreshRunspace = command.Isolation == Isolation.Runspace,
        WorkingDirectory = script.WorkingDirectory,
        Setup = setup,
        Environment = HostEnvironment.Build(command, lease.Grant, slot.Registration, script.Environment),
    };

    // What only scripts need is left out.
    private RunnerJob JobOf(RunCommand command, LeaseRecord lease, HostSlot slot, ScriptPayload script, CallPayload call, RunnerSetup? setup) => new()
    {
        AttemptId = $"{command.RunId}.{command.Attempt}",
        Script = "",
        Call = functions.Locate(call, setup, command.RunId, command.Attempt),
        FreshRunspace = command.Isolation == Isolation.Runspace,
        Environment = HostEnvironment.Build(command, lease.Grant, slot.Registration, script.Environment),
    };

    private async Task<AttemptEnd> RunAsync(
        IRunPlace place, RunnerJob job, RunCommand command, string host, RunPublisher publisher, Attempt attempt)
    {
        using CancellationTokenSource timeLimit = new();
        using CancellationTokenRegistration _ = timeLimit.Token.Register(() => attempt.Stop(StopCause.TimedOut));
        RunnerEnd end = await place.RunAsync(
            job,
            (kind, data) => publisher.WriteAsync(host, kind, data),
            () => StartTimeLimit(command, timeLimit),
            attempt.StopToken);
        return OutcomeRules.Decide(end, attempt.Cause, command.Attempt, agent.Clock.GetUtcNow());
    }

    private static async Task ReturnAsync(IRunPlace place, RunCommand command, HostSlot slot)
    {
        if (place is not RunnerProcess runner)
        {
            return;
        }

        if (command.Isolation == Isolation.Process)
        {
            await slot.Runners.RetireAsync(runner);
        }
        else if (!runner.IsAlive)
        {
            // Ready before the next run needs it.
            await slot.Runners.WarmAsync();
        }
    }

    private static void StartTimeLimit(RunCommand command, CancellationTokenSource timeLimit)
    {
        if (command.TimeoutMs > 0)
        {
            timeLimit.CancelAfter(TimeSpan.FromMilliseconds(command.TimeoutMs));
        }
    }

    [LoggerMessage(301, LogLevel.Information, "Nothing of run {Run} is left to claim")]
    private partial void LogNothingClaimed(string run);

    [LoggerMessage(303, LogLevel.Error, "Run {Run} could not be started on host {Host}: {Id}: {Reason}")]
    private partial void LogNotStarted(string id, string reason, string run, string host);

    [LoggerMessage(305, LogLevel.Warning, "The function of run {Run} on host {Host} does not stop; the host stays taken until it ends")]
    private partial void LogStillRuns(string run, string host);

    [LoggerMessage(302, LogLevel.Error, "Run {Run} failed on host {Host} in a way it should not")]
    private partial void LogAttemptFailed(Exception exception, string run, string host);
}
