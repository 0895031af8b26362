using Eformer.Pool.Envelopes;

namespace Eformer.Pool.Runs;

/// <summary>Opens log entries: verifies the signature before anything in it is parsed, then checks that it is about this run.</summary>
internal sealed class ResultReader(EnvelopeVerifier verifier, string fleet, string runId)
{
    private readonly Dictionary<string, long> _sequences = new(StringComparer.Ordinal);

    /// <summary>The records of an entry.</summary>
    /// <returns>Why it was refused, or <see cref="RejectReason.None"/>.</returns>
    public RejectReason Open(ReadOnlyMemory<byte> entry, out IReadOnlyList<ResultItem> items, out ReadOnlyMemory<byte>[] data)
    {
        items = [];
        data = [];
        RejectReason reason = verifier.Verify(entry, EnvelopeType.Result, out ReadOnlyMemory<byte> body);
        if (reason != RejectReason.None)
        {
            return reason;
        }

        if (!ResultBatch.TryDecode(body, out ResultHeader header, out data))
        {
            return RejectReason.Malformed;
        }

        if (header.Fleet != fleet || header.RunId != runId)
        {
            return RejectReason.WrongFleet;
        }

        // Entries of one writer are numbered; a genuine one that comes again was pushed by somebody else.
        if (header.Sequence <= _sequences.GetValueOrDefault(header.Writer))
        {
            return RejectReason.Replayed;
        }

        _sequences[header.Writer] = header.Sequence;
        items = header.Items;
        return RejectReason.None;
    }
}
