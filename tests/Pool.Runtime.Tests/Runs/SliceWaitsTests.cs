using Eformer.Pool.Pools;
using Eformer.Pool.Runs.Driving;
using Eformer.Pool.Time;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.Tests.Runs;

/// <summary>Waits for slices, beside who goes on meanwhile.</summary>
public class SliceWaitsTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);
    private readonly Ring _ring = new(new FakeTimeProvider());
    private readonly SliceWaits<int> _waits;
    private readonly TaskCompletionSource<IReadOnlyList<HeldSlice>> _slices = new();

    public SliceWaitsTests()
    {
        _waits = new SliceWaits<int>(_ring);
        _waits.Begin(3, [], () => _slices.Task);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_goes_on_is_rung_when_a_wait_is_over()
    {
        Assert.True(_waits.Contains(3));
        Assert.Empty(_waits.Over);
        Task<bool> rung = _ring.WaitAsync(s_limit, Token);
        Assert.False(rung.IsCompleted);
        _slices.SetResult([]);
        Assert.True(await rung);
        Assert.Equal(3, Assert.Single(_waits.Over).Key);
        Assert.True(_waits.Remove(3));
        Assert.False(_waits.Any);
    }

    [Fact]
    public async Task A_wait_that_fails_is_over_too_and_keeps_its_reason()
    {
        _slices.SetException(new InvalidOperationException("lost"));
        Assert.True(await _ring.WaitAsync(s_limit, Token));
        InvalidOperationException reason = await Assert.ThrowsAsync<InvalidOperationException>(() => Assert.Single(_waits.Over).Slices);
        Assert.Equal("lost", reason.Message);
    }

    [Fact]
    public async Task A_wait_that_cannot_begin_has_failed()
    {
        _waits.Begin(4, [], () => throw new InvalidOperationException("away"));
        Assert.True(await _ring.WaitAsync(s_limit, Token));
        Assert.Equal(4, Assert.Single(_waits.Over).Key);
    }
}
