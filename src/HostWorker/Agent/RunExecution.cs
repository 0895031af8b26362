using System.Globalization;
using Eformer.Pool.Envelopes;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.Payloads;
using Eformer.Pool.Store;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Carries out one command on this agent's hosts of one slice: claim, run on each, publish, one end for each.</summary>
internal sealed partial class RunExecution(AgentContext agent, SeenCommands cancelled, ILogger logger, CancellationToken giveUp)
{
    public async Task ExecuteAsync(RunCommand command, LeaseRecord lease, IReadOnlyList<HostSlot> slots, ReadOnlyMemory<byte> payload)
    {
        string writer = string.Create(CultureInfo.InvariantCulture, $"{agent.AgentId}.{lease.Grant.Slot}");
        ClaimReply claim = await ClaimAsync(command, writer, slots, payload.IsEmpty);
        HostSlot[] claimed = [.. slots.Where(slot => claim.Granted.Contains(slot.Key))];
        if (claimed.Length == 0)
        {
            LogNothingClaimed(command.RunId);
            return;
        }

        await using RunPublisher publisher = new(agent, command, writer, logger, giveUp);
        if (claim.Cancelled)
        {
            await EndAllAsync(publisher, claimed, RunOutcome.Cancelled, "cancelled before it started", command.Attempt);
            return;
        }

        ReadOnlyMemory<byte> bytes = payload.IsEmpty ? claim.Payload : payload;
        ScriptPayload? script = CommandCheck.IsPayloadOf(command, bytes.Span) ? WireJson.TryRead<ScriptPayload>(bytes.Span) : null;
        if (script is null)
        {
            await EndAllAsync(publisher, claimed, RunOutcome.Error, "the payload is not the one that was signed", command.Attempt);
            return;
        }

        await Task.WhenAll(claimed.Select(slot => AttemptAsync(command, lease, slot, script, publisher)));
    }

    private Task<ClaimReply> ClaimAsync(RunCommand command, string writer, IReadOnlyList<HostSlot> slots, bool withPayload) =>
        agent.Store.ClaimAsync(
            new ClaimRequest(command.RunId, writer, agent.Incarnation, command.Attempt, [.. slots.Select(slot => slot.Key)], withPayload),
            CancellationToken.None);

    private async Task EndAllAsync(RunPublisher publisher, HostSlot[] slots, RunOutcome outcome, string evidence, int attempt)
    {
        foreach (HostSlot slot in slots)
        {
            await publisher.EndAsync(slot.Key, OutcomeRules.NotStarted(outcome, evidence, attempt, agent.Clock.GetUtcNow()));
        }
    }

    private async Task AttemptAsync(RunCommand command, LeaseRecord lease, HostSlot slot, ScriptPayload script, RunPublisher publisher)
    {
        using Attempt attempt = new(command.RunId, command.Attempt);
        string? refusal = slot.TryBegin(attempt, command.Lease.LeaseId, command.Lease.Epoch);
        if (refusal is not null)
        {
            await publisher.EndAsync(
                slot.Key, OutcomeRules.NotStarted(RunOutcome.NeverStarted, refusal, command.Attempt, agent.Clock.GetUtcNow()));
            return;
        }

        if (cancelled.Has(command.RunId))
        {
            attempt.Stop(StopCause.Cancelled);
        }

        AttemptEnd end;
        try
        {
            end = await RunAsync(command, lease, slot, script, publisher, attempt);
        }
        catch (Exception exception)
        {
            // A runner that cannot be started is this host's trouble, not the other hosts'.
            LogAttemptFailed(exception, command.RunId, slot.Key);
            end = OutcomeRules.NotStarted(
                RunOutcome.Error, "no runner could be started: " + exception.Message, command.Attempt, agent.Clock.GetUtcNow());
        }
        finally
        {
            slot.End(attempt);
        }

        await publisher.EndAsync(slot.Key, end);
    }

    private async Task<AttemptEnd> RunAsync(
        RunCommand command, LeaseRecord lease, HostSlot slot, ScriptPayload script, RunPublisher publisher, Attempt attempt)
    {
        RunnerProcess runner = await slot.Runners.TakeAsync(command.Isolation, CancellationToken.None);
        try
        {
            RunnerJob job = new()
            {
                AttemptId = $"{command.RunId}.{command.Attempt}",
                Script = script.Script,
                ArgumentsXml = script.ArgumentsXml,
                Environment = HostEnvironment.Build(command, lease.Grant, slot.Registration, script.Environment),
            };
            using CancellationTokenSource timeLimit = new();
            using CancellationTokenRegistration _ = timeLimit.Token.Register(() => attempt.Stop(StopCause.TimedOut));
            RunnerEnd end = await runner.RunAsync(
                job,
                (kind, data) => publisher.WriteAsync(slot.Key, kind, data),
                () => StartTimeLimit(command, timeLimit),
                attempt.StopToken);
            return OutcomeRules.Decide(end, attempt.Cause, command.Attempt, agent.Clock.GetUtcNow());
        }
        finally
        {
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

    [LoggerMessage(302, LogLevel.Error, "Run {Run} could not be started on host {Host}")]
    private partial void LogAttemptFailed(Exception exception, string run, string host);
}
