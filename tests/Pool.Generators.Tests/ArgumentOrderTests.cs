using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Acme;
using Eformer.Pool.Functions;
using Eformer.Pool.Generators.Tests.Support;

namespace Eformer.Pool.Generators.Tests;

/// <summary>Arguments of another build's driver: in another order, and with others between them that this host does not know.</summary>
public sealed class ArgumentOrderTests
{
    private static readonly RemoteRequest<string> s_request = new Arguments.__Defaults(
        "t\U0001F600\"", 'é', 0.1, float.Epsilon, decimal.MaxValue, long.MinValue, ulong.MaxValue, Precision.Full, Precision.Half, int.MinValue, false, "x",
        DateTimeOffset.MaxValue, double.Epsilon);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task All_arrive_as_they_were_in_any_order(int seed)
    {
        string expected = Assert.Single(await Calls.RunAsync(s_request));
        List<KeyValuePair<string, JsonNode?>> sent = [.. JsonNode.Parse(RemoteCall.Of(s_request).Arguments.Span[1..])!.AsObject()];
        sent.AddRange(Enumerable.Range(0, 5).Select(static number => KeyValuePair.Create($"other{number}", JsonNode.Parse("""{"text":[{"letter":"}"}],"part":null}"""))));
        KeyValuePair<string, JsonNode?>[] order = [.. sent];
        new Random(seed).Shuffle(order);
        string json = $"{{{string.Join(" ,\n", order.Select(static one => $"{JsonSerializer.Serialize(one.Key)} : {one.Value?.ToJsonString() ?? "null"}"))}}}";
        FakeInvocation host = new();
        await Calls.Read(typeof(Arguments).Assembly, s_request.Contract.Name, Encoding.UTF8.GetBytes(json)).InvokeAsync(host);
        Assert.Equal([expected], ValueRecord.Read(host.Values[0], s_request.ValueInfo));
    }
}
