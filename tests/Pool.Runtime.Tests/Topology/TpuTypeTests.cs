namespace Eformer.Pool.Tests.Topology;

/// <summary>The table of TPU types.</summary>
public class TpuTypeTests
{
    [Theory]
    [InlineData("v2-8", 4, 1, 4, 8)]
    [InlineData("v2-512", 256, 64, 4, 512)]
    [InlineData("v3-32", 16, 4, 4, 32)]
    [InlineData("v3-2048", 1024, 256, 4, 2048)]
    [InlineData("v4-8", 4, 1, 4, 8)]
    [InlineData("v4-384", 192, 48, 4, 384)]
    [InlineData("v4-4096", 2048, 512, 4, 4096)]
    [InlineData("v5e-1", 1, 1, 1, 1)]
    [InlineData("v5e-4", 4, 1, 4, 4)]
    [InlineData("v5e-8", 8, 1, 8, 8)]
    [InlineData("v5e-16", 16, 4, 4, 16)]
    [InlineData("v5e-256", 256, 64, 4, 256)]
    [InlineData("v5p-8", 4, 1, 4, 8)]
    [InlineData("v5p-128", 64, 16, 4, 128)]
    [InlineData("v5p-12288", 6144, 1536, 4, 12288)]
    [InlineData("v6e-8", 8, 1, 8, 8)]
    [InlineData("v6e-256", 256, 64, 4, 256)]
    public void A_name_says_what_a_slice_is_made_of(string name, int chips, int hosts, int chipsPerHost, int cores) =>
        Assert.Equal(new TpuType(name, name.Split('-')[0], chips, hosts, chipsPerHost, cores), TpuType.Parse(name));

    [Theory]
    [InlineData("v5litepod-16")]
    [InlineData("V5LitePod-16")]
    [InlineData("V5E-16")]
    public void There_are_other_names_for_one_type(string name) => Assert.Equal("v5e-16", TpuType.Parse(name).Name);

    [Fact]
    public void Chips_and_hosts_agree_in_all_of_the_table()
    {
        Assert.All(TpuType.All, type => Assert.Equal(type.Chips, type.HostCount * type.ChipsPerHost));
        Assert.All(TpuType.All, type => Assert.Same(type, TpuType.Parse(type.Name)));
        Assert.All(TpuType.All, type => Assert.True(type.HostCount == 1 || type.ChipsPerHost == 4));
    }

    [Theory]
    [InlineData("v5e-12", "v5e-1, v5e-4, v5e-8, v5e-16")]
    [InlineData("v5litepod-512", "v5e-32, v5e-64, v5e-128, v5e-256")]
    [InlineData("v5p-100", "v5p-16, v5p-32, v5p-64, v5p-128")]
    [InlineData("v6e-99999999999999999999", "v6e-1, v6e-4, v6e-8, v6e-16")]
    [InlineData("v6e", "v6e-1, v6e-4, v6e-8, v6e-16")]
    [InlineData("v5-16", "v4-16, v5e-16, v5p-16, v5e-1")]
    [InlineData("vv5e-16", "v5e-16, v5e-1, v5p-16, v6e-16")]
    public void An_unknown_type_is_answered_with_near_ones(string name, string near)
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => TpuType.Parse(name));
        Assert.Equal(("UnknownTpuType", PoolErrorCategory.InvalidArgument, (object)name), (error.ErrorId, error.Category, error.Target));
        Assert.Equal($"'{name}' is not a TPU type. Near ones are {near}.", error.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(" v5e-16")]
    [InlineData("v5e-016")]
    [InlineData("v5e--16")]
    [InlineData("v5e-+16")]
    [InlineData("v5lite-16")]
    [InlineData("\u0000\uD800")]
    public void Nonsense_is_no_type(string? name)
    {
        Assert.False(TpuType.TryParse(name, out _));
        Assert.Equal("UnknownTpuType", Assert.Throws<SlicePoolException>(() => TpuType.Parse(name)).ErrorId);
    }

    [Fact]
    public void A_very_long_name_is_refused_as_quickly_and_not_repeated_whole() =>
        Assert.InRange(Assert.Throws<SlicePoolException>(() => TpuType.Parse(new string('v', 1_000_000))).Message.Length, 1, 200);
}
