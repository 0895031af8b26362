using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.Functions;

/// <summary>Reads the arguments of a call: one JSON object, keyed by their names, in any order. Used by generated code.</summary>
public ref struct ArgumentReader
{
    private readonly string _function;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private Utf8JsonReader _reader;
    private string _name = "";

    /// <summary>Reads from bytes.</summary>
    /// <param name="function">Name of the function, for messages.</param>
    /// <param name="json">The object.</param>
    /// <exception cref="RemoteArgumentException">It is none.</exception>
    public ArgumentReader(string function, ReadOnlySpan<byte> json)
    {
        _function = function;
        _reader = new Utf8JsonReader(json, RemoteJson.ReaderOptions);
        try
        {
            if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
            {
                throw new RemoteArgumentException($"The arguments of '{function}' are no object.");
            }
        }
        catch (JsonException exception)
        {
            throw Unreadable(exception);
        }
    }

    /// <summary>Goes to the next argument.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="RemoteArgumentException">What follows is no argument, or one that was there before.</exception>
    public bool Next()
    {
        try
        {
            if (!_reader.Read() || _reader.TokenType != JsonTokenType.PropertyName)
            {
                return false;
            }

            _name = _reader.GetString()!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter for a name that is no text.
            throw Unreadable(exception);
        }

        return _names.Add(_name) ? true : throw new RemoteArgumentException($"The argument '{_name}' of '{_function}' is there twice.");
    }

    /// <summary>Whether the argument is the one of this name.</summary>
    /// <param name="name">In UTF-8.</param>
    public readonly bool Is(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    /// <summary>Reads the argument's value; null where it is that.</summary>
    /// <exception cref="RemoteArgumentException">It is not of the type, the type refuses it, or cannot be read.</exception>
    public T? Read<T>(RemoteJson json)
    {
        try
        {
            JsonTypeInfo<T> info = json.Of<T>();
            _reader.Read();
            return JsonSerializer.Deserialize(ref _reader, info);
        }
        catch (Exception exception) when (!IsMissingCode(exception))
        {
            // Constructors, setters and converters of the user's own types may throw anything.
            throw new RemoteArgumentException($"The argument '{_name}' of '{_function}' cannot be read: {RemoteFault.Of(exception).Message}", exception);
        }
    }

    /// <summary>Reads the argument's value, which must not be null.</summary>
    /// <exception cref="RemoteArgumentException">It is null or not of the type, the type refuses it, or cannot be read.</exception>
    public T ReadRequired<T>(RemoteJson json) =>
        Read<T>(json) ?? throw new RemoteArgumentException($"The argument '{_name}' of '{_function}' is null, and must not be.");

    /// <summary>Passes over an argument that the function does not have: a newer driver may know more.</summary>
    public void Skip()
    {
        try
        {
            _reader.Read();
            _reader.Skip();
        }
        catch (JsonException exception)
        {
            throw Unreadable(exception);
        }
    }

    /// <summary>Checks that nothing follows the arguments. Called by the worker when they were read.</summary>
    /// <exception cref="RemoteArgumentException">Something does.</exception>
    public void End()
    {
        try
        {
            if (_reader.TokenType != JsonTokenType.EndObject || _reader.CurrentDepth != 0 || _reader.Read())
            {
                throw new RemoteArgumentException($"The arguments of '{_function}' do not end where they should.");
            }
        }
        catch (JsonException exception)
        {
            throw Unreadable(exception);
        }
    }

    /// <summary>The error when an argument that must be there is not.</summary>
    public readonly RemoteArgumentException Missing(string name) => new($"The argument '{name}' of '{_function}' is missing.");

    // A type of the argument, or something that it needs: a matter of the assembly, whatever the arguments are.
    private static bool IsMissingCode(Exception exception) =>
        exception is FileNotFoundException or FileLoadException or BadImageFormatException or TypeLoadException or TypeInitializationException or MissingMemberException;

    private readonly RemoteArgumentException Unreadable(Exception exception) =>
        new($"The arguments of '{_function}' cannot be read: {exception.Message}", exception);
}
