using System.Text;
using System.Text.Json;
using Acme.Functions;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Functions;
using Eformer.Pool.Payloads;
using Eformer.Pool.Runs;

namespace Eformer.Pool.Tests.Functions;

public sealed class RemoteCallTests
{
    [Fact]
    public void Arguments_are_an_object_by_name_behind_a_byte_that_says_so()
    {
        RemoteCall call = RemoteCall.Of(Remote.Describe.With(new Options("ä") { Steps = 1, Day = DayOfWeek.Friday }));
        Assert.Equal(1, call.Arguments.Span[0]);
        Assert.Equal(
            "{\"value\":{\"Name\":\"ä\",\"Steps\":1,\"Rate\":0.5,\"Inner\":null,\"Tags\":[],\"Day\":\"Friday\"}}",
            Encoding.UTF8.GetString(call.Arguments.Span[1..]));
        Assert.Equal(typeof(Remote).Assembly, call.Assembly);
        Assert.Null(RemoteCall.Of(Remote.Twice.With(1), installed: true).Assembly);
    }

    [Fact]
    public void The_payload_has_the_contract_only_where_hosts_may_have_another()
    {
        CallPayload shipped = PayloadOf(Remote.Twice.With(1), installed: false);
        Assert.Equal((null, "Acme.Functions", Remote.Twice.Contract.Hash), (shipped.Contract, shipped.Assembly, shipped.ContractHash));
        CallPayload installed = PayloadOf(Remote.Twice.With(1), installed: true);
        Assert.Equal((Remote.Twice.Contract.Schema, null, "Acme.Twice"), (installed.Contract, installed.Assembly, installed.Function));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_is_refused_and_named(double value)
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => RemoteCall.Of(Remote.Number.With(value)));
        Assert.Equal(("PayloadInvalid", "value"), (error.ErrorId, error.Target));
    }

    // As codes: a half is nothing that an attribute could hold.
    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDFFF)]
    [InlineData(0x61, 0xDBFF)]
    [InlineData(0xDC00, 0x61)]
    [InlineData(0x22, 0xD83D, 0xDE00, 0xD83D)]
    public void A_text_with_half_of_a_surrogate_pair_is_refused_and_named(params int[] codes)
    {
        string text = string.Concat(codes.Select(code => (char)code));
        Options member = new("a") { Steps = 1, Tags = [text] };
        SlicePoolException[] errors =
        [
            Assert.Throws<SlicePoolException>(() => RemoteCall.Of(Remote.Shout.With(text))),
            Assert.Throws<SlicePoolException>(() => RemoteCall.Of(Remote.Describe.With(member))),
        ];
        Assert.All(errors, error =>
        {
            Assert.Equal(("PayloadInvalid", "value"), (error.ErrorId, error.Target));
            Assert.Contains("surrogate", error.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("\U0001F600")]
    [InlineData("\uFFFD \uFFFF \0 \" \\ \u2028 é <&>")]
    public void Any_other_text_arrives_as_it_is(string text)
    {
        using JsonDocument json = JsonDocument.Parse(RemoteCall.Of(Remote.Shout.With(text)).Arguments[1..]);
        Assert.Equal(text, json.RootElement.GetProperty("value").GetString());
    }

    [Theory]
    [InlineData(61, null)]
    [InlineData(64, "PayloadTooDeep")]
    [InlineData(1000, "PayloadTooDeep")]
    public void What_is_too_deep_is_refused_and_named(int levels, string? errorId)
    {
        Options value = new("a") { Steps = 1 };
        for (int i = 1; i < levels; i++)
        {
            value = new Options("a") { Steps = 1, Inner = value };
        }

        SlicePoolException? error = Record.Exception(() => RemoteCall.Of(Remote.Describe.With(value))) as SlicePoolException;
        Assert.Equal((errorId, errorId is null ? null : "value"), (error?.ErrorId, error?.Target));
    }

    [Fact]
    public void What_is_too_large_is_refused()
    {
        RunRequest request = new RemoteCallOptions().ToRunRequest(Remote.Shout.With(new string('x', 17 * 1024 * 1024)));
        Assert.Equal("PayloadTooLarge", Assert.Throws<SlicePoolException>(() => RunSpec.From(request, "run", ["0.0"], null)).ErrorId);
    }

    private static CallPayload PayloadOf(RemoteRequest request, bool installed)
    {
        RunSpec spec = RunSpec.From(new RemoteCallOptions { Installed = installed }.ToRunRequest(request), "run", ["0.0"], null);
        Assert.Equal(request.Contract.Name, spec.Title);
        return WireJson.TryRead<ScriptPayload>(spec.Payload)!.Call!;
    }
}
