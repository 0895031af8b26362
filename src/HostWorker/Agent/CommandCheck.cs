using System.Security.Cryptography;
using Eformer.Pool.Envelopes;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Opens commands: signature first, then form, fleet and lifetime. What a lease allows is checked against the fence after that.</summary>
internal sealed class CommandCheck(EnvelopeVerifier verifier, string fleet, TimeProvider clock)
{
    public RejectReason OpenRun(ReadOnlyMemory<byte> message, out RunCommand command)
    {
        RejectReason reason = Open(message, EnvelopeType.Run, out command!);
        return reason != RejectReason.None ? reason : Check(command.Fleet, command.IssuedMs, command.ExpiresMs);
    }

    public RejectReason OpenCancel(ReadOnlyMemory<byte> message, out CancelCommand command)
    {
        RejectReason reason = Open(message, EnvelopeType.Cancel, out command!);
        return reason != RejectReason.None ? reason : Check(command.Fleet, command.IssuedMs, command.ExpiresMs);
    }

    /// <summary>Whether a payload is the one a command was signed for.</summary>
    public static bool IsPayloadOf(RunCommand command, ReadOnlySpan<byte> payload) =>
        string.Equals(Convert.ToHexStringLower(SHA256.HashData(payload)), command.PayloadSha256, StringComparison.Ordinal);

    private RejectReason Open<T>(ReadOnlyMemory<byte> message, EnvelopeType type, out T? command) where T : class
    {
        command = null;
        RejectReason reason = verifier.Verify(message, type, out ReadOnlyMemory<byte> body);
        if (reason != RejectReason.None)
        {
            return reason;
        }

        command = WireJson.TryRead<T>(body.Span);
        return command is null ? RejectReason.Malformed : RejectReason.None;
    }

    private RejectReason Check(string meantFor, long issuedMs, long expiresMs) =>
        meantFor != fleet ? RejectReason.WrongFleet
        : CommandLifetime.IsValid(issuedMs, expiresMs, clock.GetUtcNow()) ? RejectReason.None
        : RejectReason.Expired;
}
