using System.Collections;
using System.Management.Automation;
using System.Text;
using Eformer.Pool.Module.Tests.Engines;
using Eformer.Pool.Module.Values;

namespace Eformer.Pool.Module.Tests;

/// <summary>Values of functions whose types are not known here.</summary>
public sealed class JsonValueTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Simple_values() => Assert.Equal(
        [1L, 2.5m, 1e300, "2026-01-01T00:00:00Z", true, null, 3L, 4L], Read("1\n2.5\n1e300\n\"2026-01-01T00:00:00Z\"\ntrue\nnull\n[3,4]").Cast<object?>());

    [Fact]
    public void Objects_have_properties()
    {
        PSObject made = Assert.IsType<PSObject>(Assert.Single(Read("""{"Name":"a","Inner":{"List":[1,{"B":2}]}}""")));
        Assert.Equal(["Name", "Inner"], made.Properties.Select(property => property.Name));
        PSObject inner = Assert.IsType<PSObject>(made.Properties["Inner"].Value);
        object[] list = Assert.IsType<object[]>(inner.Properties["List"].Value);
        Assert.Equal(2L, Assert.IsType<PSObject>(list[1]).Properties["B"].Value);
    }

    [Fact]
    public void What_cannot_be_properties_is_a_table()
    {
        IDictionary table = Assert.IsType<IDictionary>(Assert.Single(Read("""{"a":1,"A":2,"":3}""")), exactMatch: false);
        Assert.Equal([1L, 2L, 3L], new object?[] { table["a"], table["A"], table[""] });
    }

    [Fact]
    public void What_is_too_deep_or_no_JSON_is_refused()
    {
        Assert.Equal("ResultUnreadable", Assert.Throws<SlicePoolException>(() => Read(new string('[', 100) + new string(']', 100))).ErrorId);
        Assert.Equal("ResultUnreadable", Assert.Throws<SlicePoolException>(() => Read("{")).ErrorId);
        Assert.Equal("ResultUnreadable", Assert.Throws<SlicePoolException>(() => JsonValueReader.Instance.Read(Record([9, .. "1"u8]))).ErrorId);
    }

    private static IList Read(string json) => JsonValueReader.Instance.Read(Record([1, .. Encoding.UTF8.GetBytes(json)]));

    private static RunRecord Record(byte[] data) => new(new HostAddress("s", 0, 0, "node"), RecordKind.Value, data, null);
}
