using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.Functions;

/// <summary>Reads the arguments of a call: one JSON object, keyed by their names, in any order. Used by generated code.</summary>
/// <remarks>
/// Code that version 0.1 first generated goes through what is there with <see cref="Next"/> and <see cref="Is"/>. Later code takes one
/// argument after the other, in the order in which its driver writes them: what has to be passed over is found again when it is asked for.
/// </remarks>
public ref struct ArgumentReader
{
    private readonly RemoteContract _contract;
    private readonly ReadOnlySpan<byte> _json;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private Dictionary<string, Range>? _passed;
    private Utf8JsonReader _reader;
    private string _name = "";
    private bool _isAtName;
    private bool _isAtEnd;

    /// <summary>Reads from bytes.</summary>
    /// <param name="contract">The function.</param>
    /// <param name="json">The object.</param>
    /// <exception cref="RemoteArgumentException">It is none.</exception>
    public ArgumentReader(RemoteContract contract, ReadOnlySpan<byte> json)
    {
        _contract = contract;
        _json = json;
        _reader = new Utf8JsonReader(json, RemoteJson.ReaderOptions);
        try
        {
            if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
            {
                throw new RemoteArgumentException($"The arguments of '{contract}' are no object.");
            }
        }
        catch (JsonException exception)
        {
            throw Unreadable(exception);
        }
    }

    /// <summary>Takes an argument that must be there and must not be null.</summary>
    /// <exception cref="RemoteArgumentException">It is not there, is null or not of the type, the type refuses it, or it cannot be read.</exception>
    public T Take<T>(string name) => IsThere(name) ? NotNull(Found<T>()) : throw Missing(name);

    /// <summary>Takes an argument that must be there; null where it is that.</summary>
    /// <exception cref="RemoteArgumentException">It is not there or not of the type, the type refuses it, or it cannot be read.</exception>
    public T? TakeNullable<T>(string name) => IsThere(name) ? Found<T>() : throw Missing(name);

    /// <summary>Takes an argument that must not be null; something else where it is not there.</summary>
    /// <exception cref="RemoteArgumentException">It is null or not of the type, the type refuses it, or it cannot be read.</exception>
    public T TakeOr<T>(string name, T otherwise) => IsThere(name) ? NotNull(Found<T>()) : otherwise;

    /// <summary>Takes an argument, null where it is that; something else where it is not there.</summary>
    /// <exception cref="RemoteArgumentException">It is not of the type, the type refuses it, or it cannot be read.</exception>
    public T? TakeNullableOr<T>(string name, T? otherwise) => IsThere(name) ? Found<T>() : otherwise;

    /// <summary>Goes to the next argument.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="RemoteArgumentException">What follows is no argument, or one that was there before.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public bool Next()
    {
        try
        {
            if (!_reader.Read() || _reader.TokenType != JsonTokenType.PropertyName)
            {
                _isAtEnd = true;
                return false;
            }

            _name = _reader.GetString()!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter for a name that is no text.
            throw Unreadable(exception);
        }

        return _names.Add(_name) ? true : throw new RemoteArgumentException($"The argument '{_name}' of '{_contract}' is there twice.");
    }

    /// <summary>Whether the argument is the one of this name.</summary>
    /// <param name="name">In UTF-8.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly bool Is(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    /// <summary>Reads the argument's value; null where it is that.</summary>
    /// <exception cref="RemoteArgumentException">It is not of the type, the type refuses it, or cannot be read.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public T? Read<T>(RemoteJson json) => Read<T>(json, ref _reader);

    /// <summary>Reads the argument's value, which must not be null.</summary>
    /// <exception cref="RemoteArgumentException">It is null or not of the type, the type refuses it, or cannot be read.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public T ReadRequired<T>(RemoteJson json) => NotNull(Read<T>(json));

    /// <summary>Passes over an argument that the function does not have: a newer driver may know more.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Skip() => Pass();

    /// <summary>Checks that nothing follows the arguments but some that the function does not have. Called by the worker when they were read.</summary>
    /// <exception cref="RemoteArgumentException">Something does.</exception>
    public void End()
    {
        while (GoOn())
        {
            Pass();
        }

        try
        {
            if (_reader.TokenType != JsonTokenType.EndObject || _reader.CurrentDepth != 0 || _reader.Read())
            {
                throw new RemoteArgumentException($"The arguments of '{_contract}' do not end where they should.");
            }
        }
        catch (JsonException exception)
        {
            throw Unreadable(exception);
        }
    }

    /// <summary>The error when an argument that must be there is not.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly RemoteArgumentException Missing(string name) => new($"The argument '{name}' of '{_contract}' is missing.");

    // Whether the reader stands at a name that nobody asked for yet.
    private bool GoOn() => _isAtName || (!_isAtEnd && (_isAtName = Next()));

    private bool IsThere(string name)
    {
        while (_passed?.ContainsKey(name) != true && GoOn())
        {
            if (_name == name)
            {
                return true;
            }

            Range value = Pass();
            (_passed ??= new(StringComparer.Ordinal)).Add(_name, value);
        }

        _name = name;
        return _passed?.ContainsKey(name) == true;
    }

    // The argument that is there: the next one, or one that was passed over.
    private T? Found<T>()
    {
        RemoteJson json = _contract.Json;
        if (_isAtName)
        {
            _isAtName = false;
            return Read<T>(json, ref _reader);
        }

        Utf8JsonReader passed = new(_json[_passed![_name]], RemoteJson.ReaderOptions);
        return Read<T>(json, ref passed);
    }

    private readonly T? Read<T>(RemoteJson json, ref Utf8JsonReader reader)
    {
        try
        {
            JsonTypeInfo<T> info = json.Of<T>();
            reader.Read();
            return JsonSerializer.Deserialize(ref reader, info);
        }
        catch (Exception exception) when (!IsMissingCode(exception))
        {
            // Constructors, setters and converters of the user's own types may throw anything.
            throw new RemoteArgumentException($"The argument '{_name}' of '{_contract}' cannot be read: {RemoteFault.Of(exception).Message}", exception);
        }
    }

    private readonly T NotNull<T>(T? value) =>
        value ?? throw new RemoteArgumentException($"The argument '{_name}' of '{_contract}' is null, and must not be.");

    // Where the value is that was passed over.
    private Range Pass()
    {
        _isAtName = false;
        try
        {
            _reader.Read();
            int start = (int)_reader.TokenStartIndex;
            _reader.Skip();
            return start..(int)_reader.BytesConsumed;
        }
        catch (JsonException exception)
        {
            throw Unreadable(exception);
        }
    }

    // A type of the argument, or something that it needs: a matter of the assembly, whatever the arguments are.
    private static bool IsMissingCode(Exception exception) =>
        exception is FileNotFoundException or FileLoadException or BadImageFormatException or TypeLoadException or TypeInitializationException or MissingMemberException;

    private readonly RemoteArgumentException Unreadable(Exception exception) =>
        new($"The arguments of '{_contract}' cannot be read: {exception.Message}", exception);
}
