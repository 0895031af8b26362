using System.Management.Automation;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.Module.Streams;

namespace Eformer.Pool.Module.HostFunctions;

/// <summary>Runs a script on one host of a pool and takes its objects.</summary>
internal static class HostQuery
{
    /// <summary>The objects that the script writes.</summary>
    /// <exception cref="HostRunException">It did not succeed.</exception>
    /// <exception cref="SlicePoolException">It could not be sent, or its answer not be read.</exception>
    public static async Task<IReadOnlyList<object?>> AskAsync(SlicePool pool, RunRequest request, CancellationToken cancellationToken)
    {
        PoolRun run = new(pool, request with { SliceIds = [0], HostIds = [0] });
        try
        {
            await run.StartAsync(cancellationToken);
            return await ReadAsync(run, cancellationToken);
        }
        finally
        {
            await run.ReleaseAsync();
        }
    }

    private static async Task<IReadOnlyList<object?>> ReadAsync(PoolRun run, CancellationToken cancellationToken)
    {
        List<object?> objects = [];
        ErrorRecord? last = null;
        await foreach (RunRecord record in run.Handle.Records.ReadAllAsync(cancellationToken))
        {
            switch (record.Kind)
            {
                case RecordKind.Output:
                    objects.AddRange(RecordDecoder.Decode(record.Data));
                    break;
                case RecordKind.Error:
                    last = RecordDecoder.Decode(record.Data).Select(item => HostErrorRecord.From(item, record.Host)).LastOrDefault();
                    break;
                case RecordKind.End when record.End is { Outcome: not RunOutcome.Succeeded } end:
                    throw new HostRunException(record.Host, end, last?.Exception);
            }
        }

        return objects;
    }
}
