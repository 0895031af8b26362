using Eformer.Pool.Envelopes;

namespace Eformer.Pool.Tests.Envelopes;

/// <summary>Messages to spoil.</summary>
internal static class Samples
{
    public static RunCommand Run() => new()
    {
        Fleet = "default",
        IssuedMs = 1_700_000_000_000,
        ExpiresMs = 1_700_000_300_000,
        RunId = new string('a', 32),
        Nonce = "nonce",
        Attempt = 1,
        Dispatch = 1,
        WhenBusy = WhenBusy.Refuse,
        DriverId = new string('d', 32),
        Lease = new LeaseToken("lease-1", 42, "generation-1"),
        HostIds = [0, 2],
        SliceCount = 2,
        SliceRank = 0,
        CoordinatorAddress = "127.0.0.1",
        CoordinatorPort = 8081,
        Isolation = Isolation.Session,
        TimeoutMs = 0,
        PayloadSha256 = new string('0', 64),
    };

    public static ResultHeader Header(params ResultItem[] items) => new()
    {
        Fleet = "default",
        RunId = new string('a', 32),
        Writer = "agent.0",
        Sequence = 1,
        Items = items,
    };
}
