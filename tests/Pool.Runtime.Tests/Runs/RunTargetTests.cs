using CsCheck;
using Eformer.Pool.Pools;
using Eformer.Pool.Runs;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Runs;

/// <summary>A host of a run: whose records count, where it is, and records that come in pieces.</summary>
public class RunTargetTests
{
    [Fact]
    public void Records_of_an_attempt_count_until_a_later_one_is_seen_or_sent()
    {
        RunTarget target = Fleets.Target(Fleets.Held(0, Fleets.Host("h0")));
        Assert.False(target.IsPast(1));
        target.See(2);
        Assert.True(target.IsPast(1));
        Assert.False(target.IsPast(2));
        target.Send(3, 0);
        Assert.True(target.IsPast(2));
        Assert.False(target.IsPast(3));

        // It waits for the next one: this one is over.
        target.Wait();
        Assert.True(target.IsPast(3));
        Assert.False(target.IsPast(4));
    }

    [Fact]
    public void An_end_is_none_when_the_store_knows_of_a_later_attempt_until_that_is_sent_from_here()
    {
        RunTarget target = Fleets.Target(Fleets.Held(0, Fleets.Host("h0")));
        target.Known = new LogEnd(target.Key, 3, RunOutcome.Failed);
        Assert.True(target.IsFollowed(new AttemptEnd { Outcome = RunOutcome.Failed, Evidence = "", Attempt = 2 }));
        Assert.False(target.IsFollowed(new AttemptEnd { Outcome = RunOutcome.Failed, Evidence = "", Attempt = 3 }));
        target.Send(4, 0);
        Assert.Null(target.Known);
        Assert.True(target.IsFollowed(new AttemptEnd { Outcome = RunOutcome.Failed, Evidence = "", Attempt = 3 }));
    }

    [Fact]
    public void It_moves_with_its_slot_and_keeps_the_number_of_its_attempt()
    {
        RunTarget target = Fleets.Target(Fleets.Held(1, Fleets.Host("h0")));
        HeldSlice next = Fleets.Held(1, Fleets.Host("h1"));
        target.MoveTo([Fleets.Held(0, Fleets.Host("h2")), next]);
        Assert.Equal((next, "h1", 1), (target.Slice, target.Place.Host, target.Attempt));
    }

    [Fact]
    public void Pieces_become_the_records_they_were() => Gen.Byte.Array[0, 20].Array[1, 5].Array[1, 5].Sample(records =>
    {
        RunTarget target = Fleets.Target(Fleets.Held(0, Fleets.Host("h0", state: HostState.Held)));
        foreach (byte[][] pieces in records)
        {
            foreach (byte[] piece in pieces[..^1])
            {
                Assert.Null(target.Join(piece, partial: true));
            }

            Assert.Equal(pieces.SelectMany(piece => piece), target.Join(pieces[^1], partial: false)!.Value.ToArray());
        }
    });
}
