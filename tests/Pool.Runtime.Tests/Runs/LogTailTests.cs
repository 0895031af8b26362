using CsCheck;
using Eformer.Pool.Runs.Collecting;
using Eformer.Pool.Store;

namespace Eformer.Pool.Tests.Runs;

/// <summary>A run's log, put together from doorbells that come in any order, twice, or not at all, and from what is read.</summary>
public class LogTailTests
{
    private const string Run = "0123456789abcdef0123456789abcdef";

    // What a doorbell says of the log: which entry, and whether it rides along. And after which of them the driver looks.
    private static readonly Gen<(int Index, bool Rides, bool Look)[]> s_rings =
        Gen.Select(Gen.Int[0, 29], Gen.Bool, Gen.Bool).Array[0, 80];

    [Fact]
    public void Every_entry_comes_once_and_in_order_whatever_the_doorbells_do() =>
        Gen.Select(Gen.Int[0, 30], s_rings, Gen.Int[1, 7]).Sample((length, rings, readLimit) =>
        {
            LogTail tail = new();
            List<int> taken = [];
            foreach ((int index, bool rides, bool look) in rings.Where(ring => ring.Index < length))
            {
                tail.Notice(Notice(index, rides));
                if (look)
                {
                    Drain(tail, taken, length, readLimit, readLog: false);
                }
            }

            Drain(tail, taken, length, readLimit, readLog: true);
            Assert.Equal(Enumerable.Range(0, length), taken);
            Assert.False(tail.IsBehind);
            Assert.Equal(length, tail.Next);
        });

    [Fact]
    public void What_is_known_to_be_there_is_not_forgotten()
    {
        LogTail tail = new();
        tail.Notice(Notice(4, rides: true));
        Assert.True(tail.IsBehind);
        Assert.False(tail.TryTake(out _));
        tail.Read(4);
        Assert.True(tail.TryTake(out ReadOnlyMemory<byte> entry));
        Assert.Equal(4, entry.Span[0]);
        Assert.False(tail.IsBehind);
    }

    [Fact]
    public void What_rode_along_and_is_not_believed_is_read_from_the_log()
    {
        LogTail tail = new();
        tail.Notice(Notice(0, rides: true));
        Assert.True(tail.TryTake(out _));
        tail.Refuse();
        Assert.False(tail.TryTake(out _));
        Assert.Equal(0, tail.Next);
        Assert.True(tail.IsBehind);
        tail.Read(1);
        Assert.False(tail.IsBehind);
    }

    [Fact]
    public void An_old_doorbell_brings_nothing_back()
    {
        LogTail tail = new();
        tail.Read(5);
        tail.Notice(Notice(3, rides: true));
        Assert.False(tail.TryTake(out _));
        Assert.False(tail.IsBehind);
    }

    [Fact]
    public void Entries_that_cannot_be_used_yet_are_kept_in_bounded_number()
    {
        LogTail tail = new();
        foreach (int index in Enumerable.Range(1, 1000))
        {
            tail.Notice(Notice(index, rides: true));
        }

        tail.Read(1);
        int riders = 0;
        while (tail.TryTake(out _))
        {
            riders++;
        }

        Assert.InRange(riders, 1, 256);
        Assert.True(tail.IsBehind);
    }

    // As the driver does it: first what rode along, then, when more is known to be there or it is time to poll, the log.
    private static void Drain(LogTail tail, List<int> taken, int length, int readLimit, bool readLog)
    {
        while (tail.TryTake(out ReadOnlyMemory<byte> entry))
        {
            taken.Add(entry.Span[0]);
        }

        while (readLog || tail.IsBehind)
        {
            int[] read = [.. Enumerable.Range((int)tail.Next, Math.Min(readLimit, length - (int)tail.Next))];
            tail.Read(read.Length);
            taken.AddRange(read);
            readLog = read.Length == readLimit;
        }
    }

    private static LogNotice Notice(int index, bool rides) => new(Run, index, rides ? new[] { (byte)index } : ReadOnlyMemory<byte>.Empty);
}
