using System.Management.Automation;
using Eformer.Pool.Module.Scripts;
using Eformer.Pool.Payloads;

namespace Eformer.Pool.Module.Arguments;

/// <summary>Turns values for a script into one document.</summary>
internal static class ArgumentEncoder
{
    // Levels of properties: as deep as remoting goes, and one more. Lists and tables are free.
    private const int Depth = 3;

    /// <summary>Arguments and the values of <c>$using:</c> expressions as CLIXML that holds a list; null when there are none.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>SecretInArgument</c>, <c>ScriptBlockInArgument</c>, <c>LiveObjectInArgument</c>, <c>ArgumentTooDeep</c>,
    /// <c>SerializationFailed</c>, <c>PayloadTooLarge</c>.
    /// </exception>
    public static string? Encode(IReadOnlyList<object?>? arguments, IReadOnlyList<UsingValue> usings)
    {
        NamedValue[] named =
        [
            .. (arguments ?? []).Select((value, position) => new NamedValue($"Argument {position} of -ArgumentList", value)),
            .. usings.Select(value => new NamedValue($"'{value.Text}'", value.Value)),
        ];
        return named.Length == 0 ? null : Encode(named, [.. arguments ?? [], .. usings.Count > 0 ? [Table(usings)] : Array.Empty<object>()]);
    }

    /// <summary>Input as CLIXML that holds a list; null when there is none.</summary>
    /// <exception cref="SlicePoolException">The same as for arguments.</exception>
    public static string? EncodeInput(IReadOnlyList<object?> items) => items.Count == 0
        ? null
        : Encode([.. items.Select((value, position) => new NamedValue($"Item {position} of -InputObject", value))], [.. items]);

    private static string Encode(NamedValue[] named, object?[] list)
    {
        ValueWalk walk = new();
        foreach (NamedValue value in named)
        {
            walk.Visit(value);
        }

        string xml = Serialize(named, list);
        if (ArgumentFaults.HasForbidden(xml))
        {
            // In a property of some object that only the serializer looks into.
            ArgumentFaults.ThrowFor(named, value => PSSerializer.Serialize(value, Depth));
        }

        return xml.Length <= ScriptPayload.MaxLength ? xml : throw ArgumentFaults.TooLarge(named[0].Name, named.Length);
    }

    private static string Serialize(NamedValue[] named, object?[] list)
    {
        try
        {
            return PSSerializer.Serialize(list, Depth);
        }
        catch (ArgumentException e)
        {
            // A character that XML cannot hold: there are two that the engine does not escape.
            throw ArgumentFaults.NotText(Array.Find(named, value => !CanSerialize(value.Value))?.Name ?? named[0].Name, e.Message);
        }
    }

    private static bool CanSerialize(object? value)
    {
        try
        {
            _ = PSSerializer.Serialize(value, Depth);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static PSObject Table(IReadOnlyList<UsingValue> usings)
    {
        PSObject table = new(usings.ToDictionary(value => value.Key, value => value.Value));
        table.TypeNames.Insert(0, UsingValues.TypeName);
        return table;
    }
}
