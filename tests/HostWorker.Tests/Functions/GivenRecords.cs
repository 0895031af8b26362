using System.Text;
using Eformer.Pool.Functions;
using Eformer.Pool.HostWorker.Functions;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Functions;

/// <summary>A sink that keeps what it gets, and can be held.</summary>
internal sealed class GivenRecords
{
    private readonly List<(RecordKind Kind, int Count, string[] Texts)> _all = [];
    private TaskCompletionSource? _held;

    public IReadOnlyList<(RecordKind Kind, int Count, string[] Texts)> All
    {
        get
        {
            lock (_all)
            {
                return [.. _all];
            }
        }
    }

    public string[] Of(RecordKind kind) => [.. All.Where(record => record.Kind == kind).SelectMany(record => record.Texts)];

    /// <summary>From now on records wait, until what this gives is completed.</summary>
    public TaskCompletionSource Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public FunctionInvocation Invocation(RemoteRequest request, TimeProvider clock, CancellationToken? stop = null) =>
        new(request, HostContext.FromEnvironment(Calls.Environment, "run", 1), TakeAsync, clock, stop ?? CancellationToken.None);

    private async ValueTask TakeAsync(RecordKind kind, int count, ReadOnlyMemory<byte> data)
    {
        lock (_all)
        {
            _all.Add((kind, count, kind == RecordKind.Fault ? [Encoding.UTF8.GetString(data.Span)] : Texts(data)));
        }

        if (_held is { } held)
        {
            await held.Task;
        }
    }

    private static string[] Texts(ReadOnlyMemory<byte> data)
    {
        ReadOnlySpan<byte> bytes = data.Span;
        List<string> texts = [];
        foreach (Range line in ValueRecord.Lines(ref bytes))
        {
            texts.Add(Encoding.UTF8.GetString(bytes[line]));
        }

        return [.. texts];
    }
}
