using System.Buffers;
using System.Security.Cryptography;
using Eformer.Pool.Store;

namespace Eformer.Pool.RuntimeEnvironments;

/// <summary>Sends one file into the store: a few pieces at a time, and the last one only when the whole had the hash it should have.</summary>
internal sealed class BlobSender(IPoolStore store, SourceFile file, BlobId blob) : IDisposable
{
    // In flight at a time: 2 MiB, enough to keep a link busy and little enough to hold.
    private const int Window = 8;
    private const int Attempts = 5;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<(int Index, Task<int> Answer, byte[] Buffer)> _flying = new(Window);

    // How many pieces the store has, from the first on.
    private int _stored;
    private bool _lost;

    /// <summary>Sends it. Another who sends the same at the same time does no harm; where one stopped the next goes on.</summary>
    /// <exception cref="SlicePoolException"><c>FileChanged</c>, <c>FileUnreadable</c>, <c>FileNotStored</c>, and the store's errors.</exception>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            _stored = 0;
            _lost = false;
            try
            {
                await SendOnceAsync(cancellationToken);
            }
            finally
            {
                await LandAsync();
            }

            if (_stored >= blob.PieceCount)
            {
                return;
            }
        }

        throw EnvironmentErrors.NotStored(file.Stamp.Path, store);
    }

    /// <summary>Frees the hash.</summary>
    public void Dispose() => _hash.Dispose();

    private async Task SendOnceAsync(CancellationToken cancellationToken)
    {
        _ = _hash.GetHashAndReset();
        await using FileStream stream = SourceReader.Open(file);
        string before = Digest();
        for (int index = 0; index < blob.PieceCount && _stored < blob.PieceCount && !_lost; index++)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(BlobId.PieceBytes);
            ReadOnlyMemory<byte> bytes = await ReadAsync(stream, buffer, index, cancellationToken);
            string after = Digest();
            if (index < _stored)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
            else
            {
                _flying.Enqueue((index, store.PutBlobAsync(new BlobPiece(blob, index, bytes, before, after), cancellationToken), buffer));
            }

            before = after;
            await AwaitAsync(Window - 1);
        }

        await AwaitAsync(0);
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(FileStream stream, byte[] buffer, int index, CancellationToken cancellationToken)
    {
        Memory<byte> wanted = buffer.AsMemory(0, blob.PieceLength(index));
        int read = wanted.IsEmpty ? 0 : await SourceReader.ReadAsync(stream, wanted, file, cancellationToken);
        _hash.AppendData(wanted.Span[..read]);
        bool isLast = index == blob.PieceCount - 1;
        return read == wanted.Length && (!isLast || Digest() == blob.Sha256) ? wanted : throw EnvironmentErrors.Changed(file.Stamp.Path, file.Parameter);
    }

    private async Task AwaitAsync(int left)
    {
        while (_flying.Count > left)
        {
            (int index, Task<int> answer, byte[] buffer) = _flying.Dequeue();
            _stored = await answer;
            // Only now: a connection may send it until it has answered.
            ArrayPool<byte>.Shared.Return(buffer);
            if (_stored <= index)
            {
                // The store lost what it had, or had other content: from the beginning.
                _lost = true;
            }
        }
    }

    // After a failure: what flies must end before anybody sends again, and its end tells nothing new.
    private async Task LandAsync()
    {
        while (_flying.TryDequeue(out (int Index, Task<int> Answer, byte[] Buffer) one))
        {
            await ((Task)one.Answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private string Digest() => Convert.ToHexStringLower(_hash.GetCurrentHash());
}
