using CsCheck;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Tests.Topology;

/// <summary>The grammar of names, against the bad names of every kind that have broken others' stores, shells and file systems.</summary>
public class PoolNameTests
{
    private static readonly string?[] s_bad =
    [
        // Nothing, blanks, too long.
        null, "", " ", "\t", new('a', 64), new('a', 1024 * 1024),
        // Wildcards of Redis and of PowerShell.
        "*", "a*", "a?", "[a]", "[a-z]", "a\\", "a\\*",
        // Hash tags and separators of keys and fields.
        "{x}", "}", "a{", "a:host:b", "a|b", "a,b", "a b", "a/b", "a=b", "a@b", "a%b",
        // What ends a line, a string or a terminal's patience.
        "a\r\nDEL x", "a\n", "\na", "a\0", "\0", "\u001b[31mred", "a\u202eb", "a\u200bb", "\ufeffa", "a\u007f",
        // Look-alikes and letters that change with the culture.
        "p\u043e\u043el", "\uff50\uff4f\uff4f\uff4c", "caf\u00e9", "cafe\u0301", "\u0130", "\u0131", "stra\u00dfe", "\u212a", "\u0660",
        // Half a character.
        "a\ud800b", "\udc00",
        // Paths, options, shells, databases.
        "..", ".", "../../etc/x", "-rf", "--help", "$(id)", "`id`", "'; DROP", "a;b", "~", "_a", ".hidden",
        // Upper case: two names that a file system may take for one.
        "A", "Pool", "poolA",
    ];

    [Fact]
    public void Every_bad_name_is_refused_with_one_error_and_never_repeated_raw() => Assert.All(s_bad, name =>
    {
        Assert.False(PoolName.IsValid(name));
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => PoolName.Check(name, "pool"));
        Assert.Equal(("InvalidName", PoolErrorCategory.InvalidArgument), (error.ErrorId, error.Category));
        Assert.All(error.Message, c => Assert.True(c is (>= ' ' and < '\u007f') or '\u2026', $"U+{(int)c:X4}"));
        Assert.True(error.Message.Length < 64 * 6 + 64);
    });

    [Theory]
    [InlineData("a"), InlineData("0"), InlineData("night"), InlineData("a.b_c-d"), InlineData("con"), InlineData("9--"), InlineData("a.."), InlineData("slice-0.3")]
    public void A_good_name_is_given_back(string name) => Assert.Same(name, PoolName.Check(name, "pool"));

    [Fact]
    public void The_longest_name_is_63_characters()
    {
        Assert.True(PoolName.IsValid(new string('a', PoolName.MaxLength)));
        Assert.False(PoolName.IsValid(new string('a', PoolName.MaxLength + 1)));
    }

    [Fact]
    public void Only_names_of_the_grammar_are_valid() =>
        Gen.Char["ab01.-_AZ:{*\n\0\u00e9 "].Array[0, 70].Select(characters => new string(characters))
            .Sample(text => PoolName.IsValid(text) == IsOfTheGrammar(text));

    [Fact]
    public void A_message_shows_at_most_64_characters_of_what_was_given()
    {
        Assert.Equal(new string('x', 64) + "\u2026", PoolName.Printable(new string('x', 65)));
        Assert.Equal(new string('x', 64), PoolName.Printable(new string('x', 64)));
        Assert.Equal("a\\u001Bb", PoolName.Printable("a\u001bb"));
        Assert.Equal("", PoolName.Printable(null));
    }

    private static bool IsOfTheGrammar(string text)
    {
        const string First = "abcdefghijklmnopqrstuvwxyz0123456789";
        return text.Length is >= 1 and <= 63 && First.Contains(text[0]) && text.All((First + "._-").Contains);
    }
}
