using System.Text;
using CsCheck;
using Eformer.Pool.Store;

namespace Eformer.Pool.Tests.Runs;

/// <summary>Notices of a run's log, which anybody who can publish may send.</summary>
public class LogNoticeTests
{
    private const string Run = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void A_notice_is_run_index_and_entry()
    {
        byte[] message = [(byte)Run.Length, .. Encoding.ASCII.GetBytes(Run), 0, 0, 0, 0, 0, 0, 1, 2, 9, 8];
        Assert.True(LogNotice.TryRead(message, out LogNotice notice));
        Assert.Equal((Run, 258L), (notice.RunId, notice.Index));
        Assert.Equal([9, 8], notice.Entry.ToArray());
    }

    [Fact]
    public void Random_bytes_never_throw_and_never_give_an_index_below_zero() =>
        Gen.Byte.Array[0, 80].Sample(bytes => !LogNotice.TryRead(bytes, out LogNotice notice) || notice.Index >= 0, iter: 3000);
}
