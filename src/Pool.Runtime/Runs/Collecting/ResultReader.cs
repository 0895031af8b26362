using Eformer.Pool.Envelopes;

namespace Eformer.Pool.Runs.Collecting;

/// <summary>Opens log entries: verifies the signature before anything in it is parsed, then checks that it is about this run.</summary>
/// <param name="hosts">Verifies what hosts signed.</param>
/// <param name="drivers">Verifies what drivers signed: judgements, which hold ends and nothing else.</param>
/// <param name="fleet">The fleet.</param>
/// <param name="runId">The run.</param>
internal sealed class ResultReader(EnvelopeVerifier hosts, EnvelopeVerifier drivers, string fleet, string runId)
{
    private readonly Dictionary<string, long> _sequences = new(StringComparer.Ordinal);

    /// <summary>The records of an entry.</summary>
    /// <returns>Why it was refused, or <see cref="RejectReason.None"/>.</returns>
    public RejectReason Open(ReadOnlyMemory<byte> entry, out IReadOnlyList<ResultItem> items, out ReadOnlyMemory<byte>[] data)
    {
        items = [];
        data = [];
        RejectReason reason = Verify(entry, out ReadOnlyMemory<byte> body, out bool isVerdict);
        if (reason != RejectReason.None)
        {
            return reason;
        }

        if (!ResultBatch.TryDecode(body, out ResultHeader header, out data) || (isVerdict && header.Items.Any(item => item.Kind != RecordKind.End)))
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

    private RejectReason Verify(ReadOnlyMemory<byte> entry, out ReadOnlyMemory<byte> body, out bool isVerdict)
    {
        isVerdict = false;
        RejectReason reason = hosts.Verify(entry, EnvelopeType.Result, out body);
        if (reason != RejectReason.Malformed)
        {
            return reason;
        }

        isVerdict = true;
        return drivers.Verify(entry, EnvelopeType.Verdict, out body);
    }
}
