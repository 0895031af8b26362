using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Payloads;

namespace Eformer.Pool.Tests.Envelopes;

/// <summary>What stands in envelopes is read strictly: exactly the members there must be, once each, and nothing after them.</summary>
public class WireJsonTests
{
    private static readonly string s_run = Encoding.UTF8.GetString(WireJson.Write(Samples.Run()));

    [Fact]
    public void A_command_survives() => Assert.Equivalent(Samples.Run(), WireJson.TryRead<RunCommand>(WireJson.Write(Samples.Run())), strict: true);

    [Fact]
    public void Every_member_must_be_there()
    {
        foreach (string member in JsonNode.Parse(s_run)!.AsObject().Select(member => member.Key))
        {
            JsonObject less = JsonNode.Parse(s_run)!.AsObject();
            less.Remove(member);
            Assert.Null(Read(less.ToJsonString()));
        }
    }

    [Fact]
    public void No_member_may_be_there_twice()
    {
        foreach ((string member, JsonNode? value) in JsonNode.Parse(s_run)!.AsObject())
        {
            string again = $"\"{member}\":{value?.ToJsonString() ?? "null"}";
            Assert.Null(Read(s_run[..^1] + "," + again + "}"));
            Assert.Null(Read("{" + again + "," + s_run[1..]));
        }
    }

    [Fact]
    public void Members_that_must_have_a_value_have_one()
    {
        foreach (string member in JsonNode.Parse(s_run)!.AsObject().Select(member => member.Key).Where(member => member != "hostIds"))
        {
            JsonObject nulled = JsonNode.Parse(s_run)!.AsObject();
            nulled[member] = null;
            Assert.Null(Read(nulled.ToJsonString()));
        }
    }

    [Theory]
    [InlineData("fleet", "1")]
    [InlineData("issuedMs", "\"1700000000000\"")]
    [InlineData("issuedMs", "1.7e12")]
    [InlineData("issuedMs", "1700000000000.5")]
    [InlineData("issuedMs", "1e400")]
    [InlineData("issuedMs", "99999999999999999999")]
    [InlineData("attempt", "2147483648")]
    [InlineData("attempt", "01")]
    [InlineData("attempt", "true")]
    [InlineData("hostIds", "{}")]
    [InlineData("hostIds", "[null]")]
    [InlineData("hostIds", "[0.5]")]
    [InlineData("hostIds", "\"0\"")]
    [InlineData("lease", "[]")]
    [InlineData("lease", "{\"leaseId\":\"a\",\"epoch\":1}")]
    [InlineData("lease", "{\"leaseId\":\"a\",\"epoch\":1,\"generation\":\"g\",\"more\":1}")]
    [InlineData("lease", "{\"leaseId\":\"a\",\"epoch\":1,\"epoch\":2,\"generation\":\"g\"}")]
    [InlineData("lease", "{\"leaseId\":null,\"epoch\":1,\"generation\":\"g\"}")]
    [InlineData("isolation", "\"Nothing\"")]
    [InlineData("isolation", "\"\"")]
    [InlineData("isolation", "1")]
    [InlineData("isolation", "99")]
    [InlineData("isolation", "\"99\"")]
    [InlineData("isolation", "\"Session, Process\"")]
    public void Values_of_another_kind_are_refused(string member, string value)
    {
        string spoilt = With(member, value);
        Assert.NotEqual(s_run, spoilt);
        Assert.Null(Read(spoilt));
    }

    [Fact]
    public void Nothing_may_stand_around_or_inside_that_does_not_belong()
    {
        string[] spoilt =
        [
            "", " ", "null", "[]", "{}", "true", "\"x\"",
            s_run + "x", s_run + "{}", s_run + s_run, "\ufeff" + s_run, s_run[..^1], s_run[1..], s_run + "\0",
            s_run[..^1] + ",\"unknown\":1}", s_run[..^1] + ",}", "/* a comment */" + s_run, s_run[..^1] + "//\n}",
            s_run.Replace("\"fleet\"", "\"Fleet\"", StringComparison.Ordinal),
            s_run.Replace("\"fleet\"", "\"$type\":\"System.Object\",\"fleet\"", StringComparison.Ordinal),
        ];
        Assert.All(spoilt, text => Assert.Null(Read(text)));
    }

    [Fact]
    public void What_is_not_utf8_is_refused()
    {
        Assert.Null(WireJson.TryRead<RunCommand>(Encoding.Unicode.GetBytes(s_run)));
        Assert.Null(WireJson.TryRead<RunCommand>(Encoding.Latin1.GetBytes(s_run.Replace("default", "d\u00e9faut", StringComparison.Ordinal))));
        Assert.Null(WireJson.TryRead<RunCommand>([0x1f, 0x8b, 0x08, 0x00]));
        Assert.Null(Read(s_run.Replace("default", "\\ud800", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(17), InlineData(100), InlineData(100_000)]
    public void Nesting_has_a_bottom(int depth)
    {
        string nested = With("hostIds", new string('[', depth) + new string(']', depth));
        Assert.Null(Read(nested));
        Assert.Null(Read(s_run[..^1] + ",\"unknown\":" + new string('[', depth) + new string(']', depth) + "}"));
    }

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 200].Sample(bytes => WireJson.TryRead<RunCommand>(bytes) is null);

    [Fact]
    public void A_spoilt_command_never_throws() =>
        Gen.Select(Gen.Int[0, s_run.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(s_run);
            bytes[at] = value;
            _ = WireJson.TryRead<RunCommand>(bytes);
        });

    [Fact]
    public void An_environment_survives_and_may_not_repeat_a_name()
    {
        ScriptPayload payload = new()
        {
            Script = "'\u00e9 \u2713 \0 \u001b'",
            ArgumentsXml = null,
            Environment = new Dictionary<string, string> { ["A"] = "", ["a"] = "b", ["\u00e9"] = "=" },
        };
        Assert.Equivalent(payload, WireJson.TryRead<ScriptPayload>(WireJson.Write(payload)), strict: true);
        Assert.Null(WireJson.TryRead<ScriptPayload>("{\"script\":\"\",\"argumentsXml\":null,\"environment\":{\"A\":\"1\",\"A\":\"2\"}}"u8));
    }

    [Fact]
    public void A_value_of_the_environment_is_never_null() =>
        Assert.Null(WireJson.TryRead<ScriptPayload>("{\"script\":\"\",\"argumentsXml\":null,\"environment\":{\"A\":null}}"u8));

    private static RunCommand? Read(string text) => WireJson.TryRead<RunCommand>(Encoding.UTF8.GetBytes(text));

    // By text, so that a value may be anything.
    private static string With(string member, string value)
    {
        JsonObject command = JsonNode.Parse(s_run)!.AsObject();
        command[member] = "@@";
        return command.ToJsonString().Replace("\"@@\"", value, StringComparison.Ordinal);
    }
}
