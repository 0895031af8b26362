using CsCheck;
using Eformer.Pool.Runs;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Runs;

/// <summary>Records that come in pieces.</summary>
public class RunTargetTests
{
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
