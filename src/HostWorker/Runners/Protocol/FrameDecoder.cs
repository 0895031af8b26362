using System.Buffers.Binary;

namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>Turns bytes, however they were split on the way, into frames. Not thread-safe.</summary>
/// <remarks>
/// A length is checked before anything is allocated for it, and room grows with what really arrived: a length alone
/// cannot make the reader allocate 64 MiB.
/// </remarks>
internal sealed class FrameDecoder
{
    private const int UsualSize = 64 * 1024;
    private byte[] _buffer = new byte[UsualSize];
    private int _start;
    private int _end;

    /// <summary>Whether no part of an unfinished frame is held.</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>Room for the next bytes; never empty. Bodies handed out before become invalid.</summary>
    public Memory<byte> GetFree()
    {
        if (IsEmpty)
        {
            _start = _end = 0;
            // One huge record must not make the process big for good.
            _buffer = _buffer.Length > 16 * UsualSize ? new byte[UsualSize] : _buffer;
        }
        else if (_end == _buffer.Length)
        {
            MakeRoom();
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>Says how many bytes were put into the free room.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>Takes the next whole frame, if there is one.</summary>
    /// <exception cref="ProtocolException">The bytes are no frame.</exception>
    public bool TryRead(out Frame frame)
    {
        frame = default;
        ReadOnlySpan<byte> held = _buffer.AsSpan(_start, _end - _start);
        if (held.Length < sizeof(uint))
        {
            return false;
        }

        int length = CheckLength(BinaryPrimitives.ReadUInt32LittleEndian(held));
        if (held.Length < sizeof(uint) + length)
        {
            return false;
        }

        frame = new Frame(CheckType(held[sizeof(uint)]), _buffer.AsMemory(_start + Frame.HeaderLength, length - 1));
        _start += sizeof(uint) + length;
        return true;
    }

    private static int CheckLength(uint length) => length is >= 1 and <= Frame.MaxLength
        ? (int)length
        : throw new ProtocolException($"A frame of {length} bytes; from 1 to {Frame.MaxLength} are allowed.");

    private static FrameType CheckType(byte type) => type is >= (byte)FrameType.Hello and <= (byte)FrameType.Progress
        ? (FrameType)type
        : throw new ProtocolException($"A frame of the unknown type {type}.");

    private void MakeRoom()
    {
        int held = _end - _start;
        byte[] target = held > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_start, held).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, held);
    }
}
