using System.Text;

namespace Eformer.Pool.Generators.Contracts;

/// <summary>Names members as System.Text.Json does.</summary>
internal static class JsonNames
{
    /// <summary>The name of a member in JSON.</summary>
    public static string Of(string member, JsonNaming naming) => naming switch
    {
        JsonNaming.Camel => Camel(member),
        JsonNaming.SnakeLower => Separate(member, '_').ToLowerInvariant(),
        JsonNaming.SnakeUpper => Separate(member, '_').ToUpperInvariant(),
        JsonNaming.KebabLower => Separate(member, '-').ToLowerInvariant(),
        JsonNaming.KebabUpper => Separate(member, '-').ToUpperInvariant(),
        _ => member,
    };

    /// <summary>A name as a line of a contract can hold it.</summary>
    public static string Escape(string name) => name.Any(IsSpecial)
        ? string.Concat(name.Select(static letter => IsSpecial(letter) ? $"\\u{(int)letter:x4}" : letter.ToString()))
        : name;

    private static bool IsSpecial(char letter) => letter is ':' or '\\' || char.IsControl(letter) || char.IsWhiteSpace(letter);

    // Of several capitals at the beginning the last begins the second word.
    private static string Camel(string member)
    {
        char[] letters = member.ToCharArray();
        for (int i = 0; i < letters.Length && char.IsUpper(letters[i]); i++)
        {
            if (i > 0 && i + 1 < letters.Length && !char.IsUpper(letters[i + 1]))
            {
                break;
            }

            letters[i] = char.ToLowerInvariant(letters[i]);
        }

        return new string(letters);
    }

    private static string Separate(string member, char separator)
    {
        StringBuilder words = new();
        for (int i = 0; i < member.Length; i++)
        {
            if (i > 0 && char.IsUpper(member[i]) && (!char.IsUpper(member[i - 1]) || (i + 1 < member.Length && char.IsLower(member[i + 1]))))
            {
                words.Append(separator);
            }

            words.Append(member[i]);
        }

        return words.ToString();
    }
}
