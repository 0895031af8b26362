using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Eformer.Pool;

namespace Acme
{
    public enum Mode { Slow, Fast }

    public sealed record Options(int Steps, Mode Mode = Mode.Fast, string? Name = null);

    public static partial class Training
    {
        /// <summary>Trains one shard.</summary>
        [RemoteFunction(Cmdlet = "Invoke-Training")]
        public static async Task<Options> TrainAsync(Options options, HostContext host, IProgress<double> progress, int times = 2, CancellationToken ct = default)
        {
            await Task.Yield();
            progress.Report(0.5);
            return options with { Steps = options.Steps * times, Name = host.ToString() };
        }

        [RemoteFunction]
        public static async IAsyncEnumerable<int> CountAsync(int to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            for (int i = 0; i < to; i++)
            {
                await Task.Yield();
                ct.ThrowIfCancellationRequested();
                yield return i;
            }
        }

        [RemoteFunction]
        public static void Nothing() { }

        internal partial struct @event
        {
            [RemoteFunction(Name = "join")]
            internal static ValueTask<string> Join(IReadOnlyList<string>? @params, string separator, CancellationToken ct) =>
                new(string.Join(separator, @params ?? Array.Empty<string>()));
        }
    }
}
