using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>Reads and writes the frames whose body is JSON.</summary>
internal static class FrameBody
{
    /// <summary>Adds a whole frame.</summary>
    public static void Write<T>(FrameBuffer target, FrameType type, T body, JsonTypeInfo<T> shape)
    {
        target.BeginFrame(type);
        using (Utf8JsonWriter writer = new(target))
        {
            JsonSerializer.Serialize(writer, body, shape);
        }

        target.EndFrame();
    }

    /// <summary>Adds a frame that has no body.</summary>
    public static void Write(FrameBuffer target, FrameType type)
    {
        target.BeginFrame(type);
        target.EndFrame();
    }

    /// <summary>Reads a frame's body.</summary>
    /// <exception cref="ProtocolException">It is of another type, or not what its type must hold.</exception>
    public static T Read<T>(Frame frame, FrameType expected, JsonTypeInfo<T> shape)
        where T : class
    {
        if (frame.Type != expected)
        {
            throw new ProtocolException($"Expected a {expected} frame but got {frame.Type}.");
        }

        try
        {
            return JsonSerializer.Deserialize(frame.Body.Span, shape)
                ?? throw new ProtocolException($"The body of a {frame.Type} frame is null.");
        }
        catch (JsonException e)
        {
            throw new ProtocolException($"The body of a {frame.Type} frame is not valid: {e.Message}", e);
        }
    }
}
