using System.Collections;
using System.Management.Automation;
using Eformer.Pool.Module.Arguments;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.Module.Scripts;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>The requests that are made of what a user gives.</summary>
public sealed class RunRequestBuilderTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void A_block_goes_as_it_is()
    {
        RunRequest request = Builder(" param($a)\n  $a # as it is ").Build([]);
        Assert.Equal(" param($a)\n  $a # as it is ", request.Script);
        Assert.Null(request.InputXml);
        Assert.Null(request.InputParts);
        Assert.Equal(7, request.Depth);
    }

    [Fact]
    public void A_command_is_called_with_the_arguments_and_with_input_only_when_there_is_any()
    {
        RunRequestBuilder builder = new(new RunRequest { Script = "" }, hasInput => ScriptText.OfCommand("it's", hasInput), "<xml/>");
        Assert.Equal("& 'it''s' @args", builder.Build([]).Script);
        Assert.Equal("$input | & 'it''s' @args", builder.Build([1]).Script);
        Assert.Equal("<xml/>", builder.Build([]).ArgumentsXml);
    }

    [Fact]
    public void Input_goes_to_every_host_whole() => Assert.Equal([1, "two", null], Items(Builder("1").Build([1, "two", null]).InputXml));

    [Fact]
    public void Input_is_distributed_in_order_over_the_hosts_of_all_pools()
    {
        IReadOnlyList<RunRequest> requests = Builder("1").Distribute([1, 2, 3, 4, 5, 6, 7], [2, 0, 3]);
        Assert.Equal(["1 2", "3 4"], requests[0].InputParts!.Select(Text));
        Assert.Empty(requests[1].InputParts!);
        Assert.Equal(["5", "6", "7"], requests[2].InputParts!.Select(Text));
        Assert.All(requests, request => Assert.Null(request.InputXml));
    }

    [Fact]
    public void Hosts_for_which_nothing_is_left_get_none() =>
        Assert.Equal(["1", null, null], Builder("1").Distribute([1], [3])[0].InputParts!.Select(Text));

    [Fact]
    public void Blocks_are_contiguous_and_nearly_equal()
    {
        for (int count = 0; count <= 20; count++)
        {
            for (int hosts = 1; hosts <= 8; hosts++)
            {
                IReadOnlyList<int[]> blocks = InputBlocks.Split([.. Enumerable.Range(0, count)], hosts);
                Assert.Equal(hosts, blocks.Count);
                Assert.Equal(Enumerable.Range(0, count), blocks.SelectMany(block => block));
                Assert.InRange(blocks.Max(block => block.Length) - blocks.Min(block => block.Length), 0, 1);
            }
        }
    }

    [Fact]
    public void Numbers_that_are_none_and_cycles_are_sent()
    {
        Hashtable cycle = [];
        cycle["me"] = cycle;
        object?[] sent = Items(ArgumentEncoder.Encode([double.NaN, double.PositiveInfinity, float.NegativeInfinity, cycle], []));
        Assert.Equal([double.NaN, double.PositiveInfinity, float.NegativeInfinity], sent[..3]);
        Hashtable back = Assert.IsType<Hashtable>(sent[3]);
        Assert.Same(back, Plain(back["me"]));
    }

    [Theory]
    [InlineData(-1, "Argument 1 of -ArgumentList")]
    [InlineData(100, "Argument 0 of -ArgumentList")]
    public void Too_much_is_told_before_it_is_written(int first, string name)
    {
        byte[] large = new byte[200 * 1024 * 1024];
        object?[] arguments = first < 0 ? [1, large] : [Enumerable.Range(0, int.MaxValue), large];
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => ArgumentEncoder.Encode(arguments, []));
        Assert.Equal("PayloadTooLarge", error.ErrorId);
        Assert.StartsWith(name, error.Message);
    }

    [Fact]
    public void Lists_within_lists_without_end_are_refused()
    {
        object nested = 1;
        for (int level = 0; level < 100_000; level++)
        {
            nested = new[] { nested };
        }

        Assert.Equal("ArgumentTooDeep", Assert.Throws<SlicePoolException>(() => ArgumentEncoder.EncodeInput([nested])).ErrorId);
    }

    private static RunRequestBuilder Builder(string script) =>
        new(new RunRequest { Script = "", Depth = 7 }, _ => ScriptText.Of(ScriptBlock.Create(script)), null);

    private static object?[] Items(string? xml) =>
        [.. ((IEnumerable)Plain(PSSerializer.Deserialize(xml ?? throw new ArgumentNullException(nameof(xml))))!).Cast<object?>().Select(Plain)];

    private static string? Text(string? xml) => xml is null ? null : string.Join(' ', Items(xml));

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
