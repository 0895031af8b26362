using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Payloads;
using Eformer.Pool.Store;
using StackExchange.Redis;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Support;

/// <summary>Somebody who can write to the store and knows how commands look. Makes them as a driver does, then spoils what it is told to.</summary>
internal sealed class Forger
{
    private const int KeyIdAt = 2;
    private const int SignatureAt = 10;

    // How many points the curve P-256 has.
    private static readonly BigInteger s_order = BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly Fleet _fleet;
    private readonly string _agentId;
    private readonly LeaseRecord _lease;

    private Forger(Fleet fleet, string agentId, LeaseRecord lease)
    {
        _fleet = fleet;
        _agentId = agentId;
        _lease = lease;
    }

    public string AgentId => _agentId;

    /// <summary>Everything that stands in the store is known to it.</summary>
    public static async Task<Forger> SpyAsync(Fleet fleet)
    {
        FleetSnapshot seen = await fleet.Store.ReadFleetAsync(CancellationToken.None);
        return new Forger(fleet, seen.Hosts[0].AgentId, seen.Leases.Single());
    }

    public static byte[] Payload(string script) =>
        WireJson.Write(new ScriptPayload { Script = script, ArgumentsXml = null, Environment = new Dictionary<string, string>() });

    /// <summary>A command that is as it should be.</summary>
    public RunCommand Command(byte[] payload)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return new RunCommand
        {
            Fleet = _fleet.Name,
            IssuedMs = now,
            ExpiresMs = now + 60_000,
            RunId = Guid.NewGuid().ToString("N"),
            Nonce = "nonce",
            Attempt = 1,
            Dispatch = 1,
            WhenBusy = WhenBusy.Refuse,
            DriverId = _lease.Grant.OwnerId,
            Lease = new LeaseToken(_lease.LeaseId, _lease.Epoch, _lease.Generation),
            HostIds = null,
            SliceRank = 0,
            SliceCount = 1,
            CoordinatorAddress = "127.0.0.1",
            CoordinatorPort = 8081,
            Isolation = Isolation.Session,
            TimeoutMs = 0,
            PayloadSha256 = Convert.ToHexStringLower(SHA256.HashData(payload)),
        };
    }

    /// <summary>Signs with the fleet's own key, as only its drivers can.</summary>
    public byte[] Sign(RunCommand command)
    {
        using EnvelopeSigner signer = _fleet.Keys.CommandSigner();
        return signer.Sign(EnvelopeType.Run, WireJson.Write(command));
    }

    /// <summary>Signs with a key of its own.</summary>
    public byte[] SignWithOtherKey(RunCommand command)
    {
        using EnvelopeSigner signer = FleetKeys.Create(_fleet.Name).CommandSigner();
        return signer.Sign(EnvelopeType.Run, WireJson.Write(command));
    }

    /// <summary>Signs with a key of its own and says that it is the fleet's.</summary>
    public byte[] SignWithOtherKeyUnderOurName(RunCommand command)
    {
        byte[] signed = SignWithOtherKey(command);
        Sign(command).AsSpan(KeyIdAt, 8).CopyTo(signed.AsSpan(KeyIdAt));
        return signed;
    }

    /// <summary>Signs with the fleet's key, but as a command of another kind.</summary>
    public byte[] SignAsCancel(RunCommand command)
    {
        using EnvelopeSigner signer = _fleet.Keys.CommandSigner();
        return signer.Sign(EnvelopeType.Cancel, WireJson.Write(command));
    }

    public static byte[] FlipBit(byte[] signed)
    {
        signed[^2] ^= 1;
        return signed;
    }

    /// <summary>
    /// The same message with the other signature that fits: (r, n - s) where (r, s) does. Whoever remembers signatures instead of runs is fooled by it.
    /// </summary>
    public byte[] Twin(byte[] signed)
    {
        byte[] twin = [.. signed];
        BigInteger s = new(signed.AsSpan(SignatureAt + 32, 32), isUnsigned: true, isBigEndian: true);
        byte[] other = (s_order - s).ToByteArray(isUnsigned: true, isBigEndian: true);
        twin.AsSpan(SignatureAt + 32, 32).Clear();
        other.CopyTo(twin.AsSpan(SignatureAt + 64 - other.Length));
        using EnvelopeVerifier verifier = _fleet.Keys.CommandVerifier();
        Assert.Equal(RejectReason.None, verifier.Verify(twin, EnvelopeType.Run, out _));
        Assert.NotEqual(signed, twin);
        return twin;
    }

    /// <summary>Stores a run and announces it, in the inbox and with the payload in the doorbell.</summary>
    public Task SendAsync(string runId, byte[] signed, byte[] payload)
    {
        byte[] inbox = AgentMessage.Encode(AgentMessageKind.Run, signed, []);
        byte[] bell = AgentMessage.Encode(AgentMessageKind.Run, signed, payload);
        return _fleet.Store.SubmitAsync(
            new RunSubmission(runId, payload, 60_000, [new Announcement(_agentId, inbox, bell)]), CancellationToken.None);
    }

    /// <summary>Rings an agent's doorbell behind the store's back.</summary>
    public Task RingAsync(byte[] message) =>
        _fleet.Raw.PublishAsync(RedisChannel.Literal($"{{ef:{_fleet.Name}}}:bell:agent:{_agentId}"), message);

    /// <summary>Puts something into an agent's inbox behind the store's back.</summary>
    public Task PutAsync(byte[] message) => _fleet.Raw.ListRightPushAsync(_fleet.Key("inbox:" + _agentId), message);

    /// <summary>Waits until an agent has taken everything out of its inbox.</summary>
    public Task AwaitInboxAsync() => Eventually.TrueAsync(
        async () => await _fleet.Raw.ListLengthAsync(_fleet.Key("inbox:" + _agentId)) == 0, "the inbox is empty", CancellationToken.None);

    /// <summary>Who has taken attempts of a run, for people; empty when nobody has.</summary>
    public async Task<string> ClaimsAsync(string runId) => string.Join(
        ", ",
        (await _fleet.Raw.HashGetAllAsync($"{{ef:{_fleet.Name}:{runId}}}:run"))
            .Where(field => field.Name.ToString().StartsWith("c:", StringComparison.Ordinal))
            .Select(field => string.Create(CultureInfo.InvariantCulture, $"{field.Name}={field.Value}")));
}
