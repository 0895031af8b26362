using Acme.Functions;
using Eformer.Pool.Functions;
using Eformer.Pool.Runs;

namespace Eformer.Pool.Tests.Runs;

/// <summary>Requests that mean nothing.</summary>
public class RunRequestCheckTests
{
    private static readonly RunRequest s_good = new() { Script = "1" };

    private static readonly RemoteCall s_call = RemoteCall.Of(Remote.Twice.With(1));

    public static TheoryData<string, RunRequest> Bad => new()
    {
        { "InvalidRequest", s_good with { Depth = 0 } },
        { "InvalidRequest", s_good with { Depth = 101 } },
        { "InvalidRequest", s_good with { ThrottleLimit = 0 } },
        { "InvalidRequest", s_good with { Timeout = TimeSpan.Zero } },
        { "InvalidRequest", s_good with { Timeout = TimeSpan.FromSeconds(-1) } },
        { "InvalidRequest", s_good with { MaxFailureRetry = -1 } },
        { "InvalidRequest", s_good with { MaxPreemptionRetry = -1 } },
        { "InvalidRequest", s_good with { KeepResultsFor = TimeSpan.Zero } },
        { "InvalidRequest", s_good with { InputXml = "", InputParts = [] } },
        { "InvalidRequest", s_good with { Isolation = Isolation.InProcess } },
        { "InvalidRequest", s_good with { Call = s_call } },
        { "InvalidRequest", s_good with { Script = "", Call = s_call, ArgumentsXml = "" } },
        { "InvalidRequest", s_good with { Script = "", Call = s_call, WorkingDirectory = "/" } },
        { "InvalidRequest", s_good with { Script = "", Call = s_call, RuntimeEnvironment = new RuntimeEnvironment { InitializationScript = "1" } } },
        { "InvalidName", s_good with { RunId = "Not A Name" } },
        { "ReservedVariable", s_good with { Environment = new Dictionary<string, string> { ["TPU_X"] = "1" } } },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void They_are_refused(string errorId, RunRequest request) =>
        Assert.Equal(errorId, Assert.Throws<SlicePoolException>(() => RunRequestCheck.Check(request)).ErrorId);

    [Fact]
    public void Others_are_not()
    {
        RunRequestCheck.Check(s_good with { Depth = 100, ThrottleLimit = 1, RunId = "nightly-1", MaxFailureRetry = 3 });
        RunRequestCheck.Check(s_good with { Script = "", Call = s_call, Isolation = Isolation.InProcess });
    }

    [Fact]
    public void Input_for_other_hosts_than_there_are_is_refused() => Assert.Equal(
        "InvalidSelection",
        Assert.Throws<SlicePoolException>(() => RunSpec.From(s_good with { InputParts = ["x"] }, "run", ["0.0", "0.1"], null)).ErrorId);

    [Fact]
    public void A_payload_that_is_too_large_is_refused() => Assert.Equal(
        "PayloadTooLarge",
        Assert.Throws<SlicePoolException>(() => RunSpec.From(s_good with { Script = new string('x', 17 * 1024 * 1024) }, "run", ["0.0"], null)).ErrorId);

    [Fact]
    public void A_title_is_one_short_line()
    {
        Assert.Equal("a b", RunSpec.From(s_good with { Script = " a\n\t b " }, "run", ["0.0"], null).Title);
        string title = RunSpec.From(s_good with { Script = new string('x', 500) }, "run", ["0.0"], null).Title;
        Assert.Equal((80, '…'), (title.Length, title[^1]));
    }
}
