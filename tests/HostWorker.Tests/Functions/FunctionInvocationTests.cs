using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Acme.Functions;
using Eformer.Pool.Functions;
using Eformer.Pool.HostWorker.Functions;
using Eformer.Pool.HostWorker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.HostWorker.Tests.Functions;

public sealed class FunctionInvocationTests
{
    private static readonly JsonTypeInfo<int> s_int = new RemoteJson(null).Of<int>();
    private static readonly JsonTypeInfo<double> s_double = new RemoteJson(null).Of<double>();
    private static readonly JsonTypeInfo<string> s_text = new RemoteJson(null).Of<string>();
    private readonly FakeTimeProvider _clock = new();
    private readonly GivenRecords _given = new();

    [Fact]
    public async Task A_result_goes_out_at_the_end_and_not_before()
    {
        FunctionInvocation invocation = _given.Invocation(Remote.Twice.With(1), _clock);
        await invocation.GiveAsync(7, s_int);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_given.All);
        await invocation.EndAsync(null);
        Assert.Equal(["7"], _given.Of(RecordKind.Value));
        Assert.Equal(1, invocation.Sent);
    }

    [Fact]
    public async Task Items_share_records_and_the_first_waits_no_longer_than_it_may()
    {
        FunctionInvocation invocation = _given.Invocation(Remote.Count.With(1), _clock);
        for (int i = 0; i < 300; i++)
        {
            await invocation.GiveAsync(i, s_int);
        }

        Assert.Equal([256], _given.All.Select(record => record.Count));
        _clock.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal([256, 44], _given.All.Select(record => record.Count));
        await invocation.GiveAsync(300, s_int);
        await invocation.EndAsync(null);
        Assert.Equal(Enumerable.Range(0, 301).Select(i => $"{i}"), _given.Of(RecordKind.Value));
    }

    [Fact]
    public async Task Large_items_are_not_gathered_for_long()
    {
        FunctionInvocation invocation = _given.Invocation(Remote.Count.With(1), _clock);
        string large = new('x', 40 * 1024);
        await invocation.GiveAsync(large, s_text);
        Assert.Empty(_given.All);
        await invocation.GiveAsync(large, s_text);
        Assert.Equal([2], _given.All.Select(record => record.Count));
    }

    [Fact]
    public async Task A_sink_that_is_behind_holds_the_function_up()
    {
        FunctionInvocation invocation = _given.Invocation(Remote.Count.With(1), _clock);
        TaskCompletionSource behind = _given.Hold();
        int given = 0;
        Task giving = Task.Run(
            async () =>
            {
                for (; given < 2000; given++)
                {
                    await invocation.GiveAsync(given, s_int);
                }
            },
            TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => Volatile.Read(ref given) == 255);
        Assert.False(giving.IsCompleted);
        behind.SetResult();
        await giving;
        await invocation.EndAsync(null);
        Assert.Equal(Enumerable.Range(0, 2000).Select(i => $"{i}"), _given.Of(RecordKind.Value));
    }

    [Fact]
    public async Task Of_many_reports_few_go_out_and_the_last_always_does()
    {
        FunctionInvocation invocation = _given.Invocation(Remote.Report.With(1), _clock);
        IProgress<int> progress = invocation.Progress(s_int);
        for (int i = 0; i < 1000; i++)
        {
            progress.Report(i);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(_given.Of(RecordKind.Report).Length, 9, 11);
        progress.Report(1000);
        await invocation.GiveAsync(5, s_int);
        await invocation.EndAsync(null);
        Assert.Equal("1000", _given.Of(RecordKind.Report)[^1]);
        Assert.Equal(_given.Of(RecordKind.Report).Select(int.Parse).Order().Distinct(), _given.Of(RecordKind.Report).Select(int.Parse));
        progress.Report(1001);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain("1001", _given.Of(RecordKind.Report));
    }

    [Fact]
    public async Task What_was_thrown_comes_last_with_what_it_held()
    {
        FunctionInvocation invocation = _given.Invocation(Remote.Twice.With(1), _clock);
        await invocation.GiveAsync(1, s_int);
        await invocation.EndAsync(new InvalidOperationException("outer", new FormatException("inner")));
        Assert.Equal([RecordKind.Value, RecordKind.Fault], _given.All.Select(record => record.Kind));
        RemoteFault fault = RemoteFault.TryRead(System.Text.Encoding.UTF8.GetBytes(_given.Of(RecordKind.Fault).Single()))!;
        Assert.Equal(("System.InvalidOperationException", "outer", "System.FormatException"), (fault.Type, fault.Message, fault.Inner!.Type));
    }

    [Fact]
    public async Task A_value_that_cannot_be_sent_is_the_functions_error_and_spoils_no_other()
    {
        FunctionInvocation invocation = _given.Invocation(Remote.Count.With(1), _clock);
        await invocation.GiveAsync(1.5, s_double);
        Assert.Equal("PayloadInvalid", (await Assert.ThrowsAsync<SlicePoolException>(async () => await invocation.GiveAsync(double.NaN, s_double))).ErrorId);
        SlicePoolException half = await Assert.ThrowsAsync<SlicePoolException>(async () => await invocation.GiveAsync("a\uD800", s_text));
        Assert.Equal("PayloadInvalid", half.ErrorId);
        Assert.Contains("surrogate", half.Message, StringComparison.Ordinal);
        SlicePoolException large = await Assert.ThrowsAsync<SlicePoolException>(async () => await invocation.GiveAsync(new string('x', 17 * 1024 * 1024), s_text));
        Assert.Equal("PayloadTooLarge", large.ErrorId);
        Assert.Contains("Acme.Count", large.Message, StringComparison.Ordinal);
        await invocation.GiveAsync(2.5, s_double);
        await invocation.EndAsync(null);
        Assert.Equal(["1.5", "2.5"], _given.Of(RecordKind.Value));
        Assert.Equal("PayloadInvalid", Assert.Throws<SlicePoolException>(() => invocation.Progress(s_double).Report(double.PositiveInfinity)).ErrorId);
    }

    [Fact]
    public async Task Text_that_a_converter_writes_on_several_lines_is_one_value()
    {
        FunctionInvocation invocation = _given.Invocation(Remote.Count.With(1), _clock);
        JsonTypeInfo<Spread> info = new RemoteJson(null).Of<Spread>();
        await invocation.GiveAsync(new Spread(), info);
        await invocation.GiveAsync(new Spread(), info);
        await invocation.EndAsync(null);
        Assert.Equal(["{\"a\":1}", "{\"a\":1}"], _given.Of(RecordKind.Value));
    }

    [Fact]
    public async Task A_stream_that_does_not_look_at_its_token_ends_at_its_next_item()
    {
        using CancellationTokenSource stop = new();
        FunctionInvocation stream = _given.Invocation(Remote.Count.With(-1), _clock, stop.Token);
        FunctionInvocation single = _given.Invocation(Remote.Twice.With(1), _clock, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await stream.GiveAsync(1, s_int));
        await single.GiveAsync(2, s_int);
        await single.EndAsync(null);
        Assert.Equal(["2"], _given.Of(RecordKind.Value));
    }

    [Fact]
    public async Task What_comes_after_the_end_goes_nowhere()
    {
        FunctionInvocation invocation = _given.Invocation(Remote.Twice.With(1), _clock);
        await invocation.DisposeAsync();
        await invocation.GiveAsync(2, s_int);
        await invocation.EndAsync(null);
        Assert.Empty(_given.All);
    }

    [JsonConverter(typeof(SpreadConverter))]
    private sealed record Spread;

    private sealed class SpreadConverter : JsonConverter<Spread>
    {
        public override Spread Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Spread value, JsonSerializerOptions options) => writer.WriteRawValue("{\n \"a\": 1\n}");
    }
}
