using System.Globalization;
using Eformer.Pool.Functions;

namespace Eformer.Pool.Module.Values;

/// <summary>The place of a value within an argument.</summary>
/// <param name="Text">For people; empty for the argument itself.</param>
/// <param name="Depth">Levels from the argument.</param>
internal readonly record struct MemberPath(string Text, int Depth = 0)
{
    /// <summary>The place of a member.</summary>
    /// <exception cref="ArgumentBindingException">It is too deep.</exception>
    public MemberPath Member(string name) => Deeper(Text.Length == 0 ? name : $"{Text}.{name}");

    /// <summary>The place of an item of a list.</summary>
    /// <exception cref="ArgumentBindingException">It is too deep.</exception>
    public MemberPath Item(int index) => Deeper(string.Create(CultureInfo.InvariantCulture, $"{Text}[{index}]"));

    /// <summary>An error about the value there.</summary>
    public ArgumentBindingException Error(string what, Exception? cause = null)
    {
        string message = $"{(Text.Length == 0 ? "" : $"'{Text}': ")}{what}.";
        return cause is null ? new ArgumentBindingException(message) : new ArgumentBindingException(message, cause);
    }

    // What holds itself ends here.
    private MemberPath Deeper(string text) => Depth < RemoteJson.MaxDepth
        ? new MemberPath(text, Depth + 1)
        : throw Error($"it is nested deeper than {RemoteJson.MaxDepth} levels, or holds itself");
}
