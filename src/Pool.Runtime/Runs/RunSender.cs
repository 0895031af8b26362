using System.Security.Cryptography;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Payloads;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <summary>Turns a request into one signed command per slice, and sends it.</summary>
internal sealed class RunSender(PoolSession session, DriverMailbox mailbox)
{
    // Riding in the doorbell saves the host a read; bigger ones would delay everybody else's messages.
    private const int LargestRider = 2 * 1024;
    private const long KeepMs = 24 * 60 * 60 * 1000;

    public async Task<RunCollector> SendAsync(RunRequest request, IReadOnlyList<HeldSlice> pool, CancellationToken cancellationToken)
    {
        ReservedVariables.Check(request.Environment);
        byte[] payload = Encode(request);
        string runId = PoolSession.NewId();
        HeldSlice[] slices = RunSelection.Slices(request, pool);
        RunTarget[] targets = [.. slices.SelectMany(slice => RunSelection.HostIds(request, slice).Select(id => new RunTarget(slice, id, runId)))];
        RunCollector run = new(session, runId, targets, new RunCanceller(session, runId, slices), session.Clock.GetUtcNow(), mailbox.Remove);
        mailbox.Add(run);
        try
        {
            Announcement[] announcements = [.. slices.SelectMany(slice => Announce(request, slice, pool, runId, payload))];
            await session.Store.SubmitAsync(new RunSubmission(runId, payload, KeepMs, announcements), cancellationToken);
        }
        catch
        {
            // Whether it was stored is unknown: it must not run with nobody listening.
            await run.CancelUnsentAsync();
            throw;
        }

        run.Start();
        return run;
    }

    private static byte[] Encode(RunRequest request)
    {
        byte[] payload = WireJson.Write(new ScriptPayload
        {
            Script = request.Script,
            ArgumentsXml = request.ArgumentsXml,
            Environment = request.Environment,
        });
        return payload.Length <= ScriptPayload.MaxLength
            ? payload
            : throw new SlicePoolException(
                "PayloadTooLarge",
                PoolErrorCategory.LimitsExceeded,
                $"Script and arguments are {payload.Length:N0} bytes; at most {ScriptPayload.MaxLength:N0} can be sent.",
                "Send less, or put the data where every host can read it and send its path.");
    }

    private IEnumerable<Announcement> Announce(RunRequest request, HeldSlice slice, IReadOnlyList<HeldSlice> pool, string runId, byte[] payload)
    {
        RunCommand command = CommandFor(request, slice, pool, runId, payload);
        byte[] signed = session.Signer.Sign(EnvelopeType.Run, WireJson.Write(command));
        byte[] inbox = AgentMessage.Encode(AgentMessageKind.Run, signed, []);
        byte[] bell = payload.Length <= LargestRider ? AgentMessage.Encode(AgentMessageKind.Run, signed, payload) : inbox;
        return RunSelection.HostIds(request, slice).Select(id => slice.Hosts[id].AgentId).Distinct(StringComparer.Ordinal)
            .Select(agent => new Announcement(agent, inbox, bell));
    }

    private RunCommand CommandFor(RunRequest request, HeldSlice slice, IReadOnlyList<HeldSlice> pool, string runId, byte[] payload)
    {
        long now = session.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        HeldSlice first = pool.MinBy(member => member.Slot)!;
        return new RunCommand
        {
            Fleet = session.Store.Fleet,
            IssuedMs = now,
            ExpiresMs = now + (long)CommandLifetime.Longest.TotalMilliseconds,
            RunId = runId,
            Attempt = 1,
            Dispatch = 1,
            WhenBusy = request.WhenBusy,
            DriverId = session.OwnerId,
            Lease = slice.Token,
            HostIds = request.HostIds,
            SliceCount = pool.Count,
            SliceRank = pool.Count(member => member.Slot < slice.Slot),
            CoordinatorAddress = first.Hosts[0].Registration.Address,
            CoordinatorPort = PoolEnvironment.CoordinatorPort(),
            Isolation = request.Isolation ?? (slice.Hosts[0].Registration.DeviceType.Length > 0 ? Isolation.Process : Isolation.Session),
            TimeoutMs = request.Timeout is { } timeout ? (long)timeout.TotalMilliseconds : 0,
            PayloadSha256 = Convert.ToHexStringLower(SHA256.HashData(payload)),
        };
    }
}
