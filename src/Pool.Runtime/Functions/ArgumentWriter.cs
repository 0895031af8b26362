using System.Buffers;
using System.Text.Json;

namespace Eformer.Pool.Functions;

/// <summary>Writes the arguments of a call as one JSON object, keyed by their names. Used by generated code. Not thread-safe.</summary>
public sealed class ArgumentWriter : IDisposable
{
    private readonly Utf8JsonWriter _writer;
    private string _current = "";

    internal ArgumentWriter(IBufferWriter<byte> target)
    {
        _writer = new Utf8JsonWriter(target, RemoteJson.WriterOptions);
        _writer.WriteStartObject();
    }

    /// <summary>Name of the argument that is being written: the one to blame when that fails.</summary>
    internal string Current => _current;

    /// <summary>Begins an argument: its value must be written next.</summary>
    public Utf8JsonWriter Next(string name)
    {
        _current = name;
        _writer.WritePropertyName(name);
        return _writer;
    }

    /// <summary>Writes an argument. What its type lacks to be written is blamed on the argument.</summary>
    public void Write<T>(string name, T value, RemoteJson json)
    {
        Utf8JsonWriter writer = Next(name);
        JsonSerializer.Serialize(writer, value, json.Of<T>());
    }

    /// <summary>Lets go of what was not written out.</summary>
    public void Dispose() => _writer.Dispose();

    internal void End()
    {
        _writer.WriteEndObject();
        _writer.Flush();
    }
}
