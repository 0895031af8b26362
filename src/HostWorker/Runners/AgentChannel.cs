using System.Net.Sockets;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners;

/// <summary>The agent's end of the line to one runner. One reader; any number of senders.</summary>
internal sealed class AgentChannel(Socket socket) : IDisposable
{
    private readonly FrameDecoder _decoder = new();
    private readonly SemaphoreSlim _sendGate = new(1, 1);

    /// <summary>The next frame, or null when the other side closed. The frame is valid until the next call.</summary>
    /// <exception cref="ProtocolException">What came is no frame, or half of one.</exception>
    public async ValueTask<Frame?> ReceiveAsync(CancellationToken cancellationToken)
    {
        Frame frame;
        while (!_decoder.TryRead(out frame))
        {
            int count = await ReceiveBytesAsync(cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return _decoder.IsEmpty ? null : throw new ProtocolException("The runner's last frame is incomplete.");
            }

            _decoder.Advance(count);
        }

        return frame;
    }

    /// <summary>Sends whole frames.</summary>
    /// <exception cref="SocketException">The runner is gone.</exception>
    public async Task SendAsync(FrameBuffer frames, CancellationToken cancellationToken)
    {
        await _sendGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ReadOnlyMemory<byte> rest = frames.Written;
            while (!rest.IsEmpty)
            {
                rest = rest[await socket.SendAsync(rest, cancellationToken).ConfigureAwait(false)..];
            }
        }
        finally
        {
            _sendGate.Release();
        }
    }

    /// <summary>Sends a frame without a body.</summary>
    public Task SendAsync(FrameType type, CancellationToken cancellationToken)
    {
        FrameBuffer buffer = new();
        buffer.WriteFrame(type);
        return SendAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Dispose();
        _sendGate.Dispose();
    }

    // A runner that is killed with unread input resets the line: an end like any other.
    private async ValueTask<int> ReceiveBytesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await socket.ReceiveAsync(_decoder.GetFree(), cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset)
        {
            return 0;
        }
    }
}
