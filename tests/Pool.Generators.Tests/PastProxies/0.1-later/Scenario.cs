using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Eformer.Pool;
using Eformer.Pool.Functions;

namespace Acme
{
    public static class Scenario
    {
        /// <summary>Requests, and the JSON of what they give.</summary>
        public static IReadOnlyList<KeyValuePair<RemoteRequest, string[]>> Calls { get; } = new KeyValuePair<RemoteRequest, string[]>[]
        {
            new(new Training.__TrainAsync(new Options(3), 2), new[] { """{"Steps":6,"Mode":"Fast","Name":"slice-0/3"}""" }),
            new(new Training.__CountAsync(3), new[] { "0", "1", "2" }),
            new(new Training.__Nothing(), Array.Empty<string>()),
            new(new Training.@event.__Join(new[] { "a", "b" }, ", "), new[] { "\"a, b\"" }),
            new(new Training.@event.__Join(null, ", "), new[] { "\"\"" }),
        };

        /// <summary>What callers may have written.</summary>
        public static async Task CallAsync(SlicePoolManager pool, IProgress<HostReport<double>> progress)
        {
            HostResults<Options> results = await Training.OnEachHost(pool).TrainAsync(new Options(1), times: 3, progress: progress, ct: default);
            SliceResults<Options> slices = await Training.OnEachSlice(pool, new RemoteCallOptions()).TrainAsync(new Options(1), 3);
            RunHandle<Options> handle = await Training.Schedule(pool).TrainAsync(new Options(1));
            RunHandle<Options> again = await Training.Attach(pool).TrainAsync(handle.RunId);
            HostResults<Options> later = await again;
            await foreach (HostItem<int> item in Training.OnEachHost(pool).CountAsync(3))
            {
                Console.WriteLine(item.Value + results.Count + slices.Count + later.Count);
            }

            SliceResults<IReadOnlyList<int>> lists = await Training.OnEachSlice(pool).CountAsync(lists_to, default);
            RunHandle<IReadOnlyList<int>> list = await Training.Attach(pool).CountAsync((await Training.Schedule(pool).CountAsync(lists.Count)).RunId);
            HostResults<NoValue> nothing = await Training.OnEachHost(pool).Nothing();
            HostResults<string> joined = await Training.@event.OnEachHost(pool).Join(new[] { list.RunId, nothing.RunId }, separator: "");
            Console.WriteLine(joined);
        }

        private const int lists_to = 1;
    }
}
