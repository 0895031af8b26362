using System.Globalization;
using System.Text;
using Acme;
using Eformer.Pool.Functions;
using Eformer.Pool.Generators.Tests.Support;

namespace Eformer.Pool.Generators.Tests;

/// <summary>Functions of a real project, called through what the compiler's own run of the generator made of them.</summary>
public sealed class CallTests
{
    [Fact]
    public async Task A_function_gets_its_arguments_and_what_the_host_gives()
    {
        FakeInvocation host = new();
        TrainOptions options = new() { Steps = 2, Rate = 1, Precision = Precision.Half, Labels = new Dictionary<string, string> { ["ä\""] = "b" } };
        TrainResult result = Assert.Single(await Calls.RunAsync(new Training.__TrainAsync(options), host));
        Assert.Equal((0.5, "slice-0/3"), (result.Loss, result.Host));
        Assert.Equal(["Half", "ä\""], result.Notes!);
        Assert.Equal([0.5, 1], host.Reports.SelectMany(static record => ValueRecord.Read(record, new RemoteJson(null).Of<double>())));
    }

    [Fact]
    public async Task A_function_is_stopped_by_its_token()
    {
        FakeInvocation host = new();
        await host.StopSource.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Calls.RunAsync(new Shapes.__SquaresAsync(3), host));
        Assert.Empty(host.Values);
    }

    [Fact]
    public async Task Each_kind_of_result_arrives()
    {
        int before = Shapes.Calls;
        Assert.Empty(await Calls.RunAsync(new Shapes.__Nothing()));
        Assert.Empty(await Calls.RunAsync(new Shapes.__NothingLaterAsync()));
        Assert.Empty(await Calls.RunAsync(new Shapes.__NothingPerhapsLaterAsync()));
        Assert.Equal(before + 3, Shapes.Calls);
        Assert.Equal([5], await Calls.RunAsync(new Shapes.__Sum(2, 3, false)));
        Assert.Equal([null], await Calls.RunAsync(new Shapes.__EchoAsync(null)));
        Assert.Equal(["a"], await Calls.RunAsync(new Shapes.__EchoAsync("a")));
        Assert.True(new Shapes.__SquaresAsync(1).IsStream);
        Assert.Equal([0, 1, 4], await Calls.RunAsync(new Shapes.__SquaresAsync(3)));
    }

    [Fact]
    public async Task Data_of_many_types_comes_back_as_it_was()
    {
        Everything inner = new() { Bytes = new byte[] { 1, 2 }, Count = 3 };
        Everything given = new() { Bytes = Array.Empty<byte>(), Precisions = { ["a"] = Precision.Half }, Results = [new(1, "h")], When = DateTimeOffset.UnixEpoch, Inner = inner };
        Everything got = Assert.Single(await Calls.RunAsync(new Arguments.__Mirror(given)));
        Assert.Equal([1, 2], got.Inner!.Bytes.ToArray());
        Assert.Equal((3, null, DateTimeOffset.UnixEpoch), (got.Inner.Count, got.Count, got.When));
        Assert.Equal(given.Results, got.Results);
        Assert.Equal(given.Precisions, got.Precisions);
        IReadOnlyDictionary<string, IReadOnlyList<int>> index = Assert.Single(await Calls.RunAsync(new Arguments.__Index(new HashSet<string> { "x" }, [1, 2])));
        Assert.Equal([1, 2], index["x"]);
    }

    [Fact]
    public async Task What_is_left_out_has_its_default_value()
    {
        FakeInvocation host = new();
        await Calls.Read(typeof(Arguments).Assembly, "Acme.Arguments.Defaults", "{}"u8.ToArray()).InvokeAsync(host);
        string expected = string.Create(CultureInfo.InvariantCulture, $"a \"text\"\n|'|0.5|-1.5|1.10|{long.MinValue}|{ulong.MaxValue}|Half|||True||0|NaN");
        Assert.Equal([expected], ValueRecord.Read(host.Values[0], new Arguments.__Overloaded(1).ValueInfo));
    }

    [Fact]
    public async Task A_default_value_that_JSON_cannot_hold_is_left_out()
    {
        string said = Assert.Single(await Calls.RunAsync(new Arguments.__Defaults("", 'a', 1, 1, 1, 1, 1, Precision.Full, null, null, true, null, default, double.NaN)));
        Assert.EndsWith("|NaN", said, StringComparison.Ordinal);
        said = Assert.Single(await Calls.RunAsync(new Arguments.__Defaults("", 'a', 1, 1, 1, 1, 1, Precision.Full, null, null, true, null, default, 2)));
        Assert.EndsWith("|2", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overloads_keywords_nested_classes_and_no_namespace_are_told_apart()
    {
        Assert.Equal(["number 1"], await Calls.RunAsync(new Arguments.__Overloaded(1)));
        Assert.Equal(["text 1"], await Calls.RunAsync(new Arguments.__Overloaded_2("1")));
        Assert.Equal(["a1bcd"], await Calls.RunAsync(new Arguments.__event("a", 1, "b", "c", "d")));
        Assert.Equal([new Arguments.Inner.Secret("cba")], await Calls.RunAsync(new Arguments.Inner.__Reverse(new("abc"))));
        Guid id = Guid.NewGuid();
        Assert.Equal([id], await Calls.RunAsync(new Globals.__Same(id)));
    }

    [Fact]
    public async Task A_context_of_the_user_s_reads_and_writes()
    {
        RemoteRequest<TrainResult> request = new Contextual.__Better(new TrainResult(4, "h"), "n");
        Assert.Contains("\"loss\":4", Encoding.UTF8.GetString(RemoteCall.Of(request).Arguments.Span), StringComparison.Ordinal);
        TrainResult result = Assert.Single(await Calls.RunAsync(request));
        Assert.Equal((2, "n"), (result.Loss, Assert.Single(result.Notes!)));
    }

    [Theory]
    [InlineData("{}", "'left'")]
    [InlineData("""{"left":null}""", "'left'")]
    [InlineData("""{"left":"1"}""", "'left'")]
    [InlineData("""{"left":1e99}""", "'left'")]
    [InlineData("""{"left":1,"right":{}}""", "'right'")]
    [InlineData("[1]", "no object")]
    [InlineData("""{"left":1""", "cannot be read")]
    [InlineData("", "cannot be read")]
    public void Arguments_that_are_not_what_the_function_takes_are_named(string json, string named)
    {
        RemoteArgumentException error = Assert.Throws<RemoteArgumentException>(
            () => Calls.Read(typeof(Shapes).Assembly, "Acme.Shapes.Sum", Encoding.UTF8.GetBytes(json)));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("'Acme.Shapes.Sum'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_newer_driver_sends_besides_is_passed_over_and_order_does_not_matter()
    {
        FakeInvocation host = new();
        await Calls.Read(typeof(Shapes).Assembly, "Acme.Shapes.Sum", """{"new":{"a":[1]},"right":4,"left":1,"newer":null}"""u8.ToArray()).InvokeAsync(host);
        Assert.Equal([5], ValueRecord.Read(host.Values[0], new Shapes.__Sum(1, 1, false).ValueInfo));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_not_finite_is_named(double value)
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => RemoteCall.Of(
            new Arguments.__Defaults("", 'a', value, 1, 1, 1, 1, Precision.Full, null, null, true, null, default, 1)));
        Assert.Equal(("PayloadInvalid", "part"), (error.ErrorId, error.Target));
    }

    [Fact]
    public void What_is_nested_too_deep_is_named()
    {
        Everything deep = new() { Bytes = default };
        for (int i = 0; i < RemoteJson.MaxDepth; i++)
        {
            deep = new Everything { Bytes = default, Inner = deep };
        }

        SlicePoolException error = Assert.Throws<SlicePoolException>(() => RemoteCall.Of(new Arguments.__Mirror(deep)));
        Assert.Equal(("PayloadTooDeep", "everything"), (error.ErrorId, error.Target));
    }

    [Fact]
    public void A_function_that_the_assembly_has_not_is_not_found() => Assert.Null(Calls.TableOf(typeof(Shapes).Assembly).Find("Acme.Shapes.sum"));

    [Fact]
    public void The_project_s_contract_file_is_what_its_assembly_says() => Assert.Equal(
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Projects", "TypedFunctions", "PoolContracts.txt")).ReplaceLineEndings("\n"),
        typeof(Shapes).Assembly.GetCustomAttributes(typeof(RemoteContractsAttribute), false).Cast<RemoteContractsAttribute>().Single().Text);
}
