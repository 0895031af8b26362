namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>One frame. Its body is valid until more bytes are asked from the decoder it came from.</summary>
internal readonly record struct Frame(FrameType Type, ReadOnlyMemory<byte> Body)
{
    /// <summary>Length of what precedes a body: u32 length of type and body, little-endian, then u8 type.</summary>
    public const int HeaderLength = sizeof(uint) + sizeof(byte);

    /// <summary>Most that type and body may take, in bytes.</summary>
    public const int MaxLength = 64 * 1024 * 1024;
}
