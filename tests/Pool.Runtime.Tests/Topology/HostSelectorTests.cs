using System.Text.RegularExpressions;
using CsCheck;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Tests.Topology;

/// <summary>Which hosts a selector matches, and what cannot be one.</summary>
public class HostSelectorTests
{
    private static readonly Dictionary<string, string> s_host = new() { ["gpu"] = "h100", ["Zone"] = "eu-west4-a", ["spot"] = "" };

    [Theory]
    [InlineData("gpu", "h100", true)]
    [InlineData("GPU", "H100", true)]
    [InlineData("gpu", "h*", true)]
    [InlineData("gpu", "h1?0", true)]
    [InlineData("gpu", "a100", false)]
    [InlineData("gpu", "h1?", false)]
    [InlineData("zone", "*-a", true)]
    [InlineData("zone", "EU-*", true)]
    [InlineData("spot", "*", true)]
    [InlineData("spot", "", true)]
    [InlineData("rack", "*", false)]
    public void One_label_is_compared_as_powershell_does(string label, string pattern, bool matches) =>
        Assert.Equal(matches, Of((label, [pattern])).Matches(s_host));

    [Fact]
    public void Every_label_must_match_and_one_value_of_each_is_enough()
    {
        Assert.True(Of(("gpu", ["a100", "h*"]), ("zone", ["eu*"])).Matches(s_host));
        Assert.False(Of(("gpu", ["a100", "h*"]), ("zone", ["us*"])).Matches(s_host));
        Assert.True(HostSelector.Any.Matches(s_host));
        Assert.True(HostSelector.Any.Matches(new Dictionary<string, string>()));
    }

    [Fact]
    public void Its_text_and_equality_do_not_depend_on_order()
    {
        HostSelector one = Of(("zone", ["b*", "a*", "B*"]), ("gpu", ["h100"]));
        HostSelector other = Of(("GPU", ["H100"]), ("Zone", ["A*", "b*"]));
        Assert.Equal("gpu=h100,zone=a*|b*", one.ToString());
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(Of(("gpu", ["a|b"])), Of(("gpu", ["a", "b"])));
        Assert.Equal("", HostSelector.Any.ToString());
    }

    [Fact]
    public void What_cannot_be_meant_is_refused()
    {
        Refused("a label has no name", ("", ["x"]));
        Refused("a label has no name", (" ", ["x"]));
        Refused("the label 'gpu' has no value", ("gpu", null!));
        Refused("the label 'gpu' has no value", ("gpu", []));
        Refused("a value of the label 'gpu' is null", ("gpu", [null!]));
        Refused("a value of the label 'gpu' is too long", ("gpu", [new string('*', 257)]));
        Refused("the label 'gpu' has 65 values", ("gpu", [.. Enumerable.Repeat("x", 65)]));
        Refused("the label 'GPU' is given twice", ("GPU", ["x"]), ("gpu", ["y"]));
        Refused("it has 65 labels", [.. Enumerable.Range(0, 65).Select(number => ($"l{number}", (string[])["x"]))]);
    }

    [Fact]
    public void Wildcards_mean_what_the_same_regular_expression_means()
    {
        Gen<string> text = Gen.OneOf('a', 'B', 'b').Array[0, 8].Select(letters => new string(letters));
        Gen<string> pattern = Gen.OneOf('a', 'b', '*', '?').Array[0, 6].Select(letters => new string(letters));
        Gen.Select(pattern, text).Sample((shape, value) =>
        {
            string expression = Regex.Escape(shape).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal);
            return Wildcard.Fits(shape, value) == Regex.IsMatch(value, $@"\A{expression}\z", RegexOptions.IgnoreCase | RegexOptions.Singleline);
        });
    }

    private static void Refused(string fault, params (string Label, string[] Values)[] pairs)
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => Of(pairs));
        Assert.Equal(("InvalidSelector", PoolErrorCategory.InvalidArgument), (error.ErrorId, error.Category));
        Assert.Equal($"The selector cannot be used: {fault}.", error.Message);
    }

    private static HostSelector Of(params (string Label, string[] Values)[] pairs) =>
        new(pairs.ToDictionary(pair => pair.Label, pair => (IReadOnlyList<string>)pair.Values));
}
