using System.Collections;
using System.Management.Automation;
using System.Security;
using Eformer.Pool.Payloads;

namespace Eformer.Pool.Module.Arguments;

/// <summary>
/// Looks through values that are to be sent, before they are turned into text: for what must not be sent, and for what is far too much.
/// One walk shares one budget.
/// </summary>
/// <remarks>
/// It looks into lists, tables and notes, not into the properties of other objects: their getters run once, in the serializer. What it
/// counts is less than what the text will take, so nothing is refused that would have fitted.
/// </remarks>
internal sealed class ValueWalk
{
    // The serializer stops a little earlier with a text in place of the rest, and its stack is not endless.
    private const int MaxLevels = 48;
    private const int LeastElement = 8;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private long _size;
    private string _name = "";

    /// <summary>Looks through one more value.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>SecretInArgument</c>, <c>ScriptBlockInArgument</c>, <c>LiveObjectInArgument</c>, <c>ArgumentTooDeep</c>, <c>PayloadTooLarge</c>.
    /// </exception>
    public void Visit(NamedValue named)
    {
        _name = named.Name;
        Visit(named.Value, 0);
    }

    private void Visit(object? value, int level)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        Count(SizeOf(plain));
        if (plain is null or string || plain.GetType().IsPrimitive && plain is not (nint or nuint))
        {
            return;
        }

        Refuse(plain);
        if (!_seen.Add(plain is PSCustomObject ? value! : plain))
        {
            // A cycle, or the same again: it is written once.
            return;
        }

        if (level == MaxLevels)
        {
            throw ArgumentFaults.Deep(_name, MaxLevels);
        }

        foreach (object? part in Parts(value!, plain))
        {
            Visit(part, level + 1);
        }
    }

    private static IEnumerable<object?> Parts(object value, object plain)
    {
        IEnumerable<object?> notes = value is PSObject wrapped ? wrapped.Properties.OfType<PSNoteProperty>().Select(note => note.Value) : [];
        return plain switch
        {
            Array array when array.GetType().GetElementType()!.IsPrimitive => notes,
            IDictionary table => notes.Concat(table.Keys.Cast<object?>()).Concat(table.Values.Cast<object?>()),
            IEnumerable list => notes.Concat(list.Cast<object?>()),
            _ => notes,
        };
    }

    private void Refuse(object plain)
    {
        switch (plain)
        {
            case SecureString or PSCredential { Password: not null }:
                throw ArgumentFaults.Secret(_name);
            case ScriptBlock:
                throw ArgumentFaults.Block(_name);
            case { } when LiveTypes.IsLive(plain):
                throw ArgumentFaults.Live(_name, plain.GetType().Name);
        }
    }

    private void Count(long size)
    {
        _size += size;
        if (_size > ScriptPayload.MaxLength)
        {
            throw ArgumentFaults.TooLarge(_name);
        }
    }

    private static long SizeOf(object? plain) => plain switch
    {
        string text => LeastElement + text.Length,
        byte[] bytes => LeastElement + (bytes.LongLength / 3 * 4),
        Array array when array.GetType().GetElementType()!.IsPrimitive => array.LongLength * LeastElement,
        _ => LeastElement,
    };
}
