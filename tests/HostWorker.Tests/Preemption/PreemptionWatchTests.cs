using System.Collections.Concurrent;
using Eformer.Pool.HostWorker.Preemption;
using Eformer.Pool.HostWorker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.HostWorker.Tests.Preemption;

public sealed class PreemptionWatchTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ListLogger _log = new();
    private readonly ConcurrentQueue<string?> _told = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_announced_already_is_known_after_the_start()
    {
        await using PreemptionWatch watch = Watch(new ScriptedNotice(() => "soon"));
        await watch.StartAsync(Token);
        Assert.Equal("soon", watch.Current);
        Assert.Equal(["soon"], _told);
    }

    [Fact]
    public async Task A_change_is_told_once_and_so_is_its_taking_back()
    {
        string? announced = null;
        ScriptedNotice notice = new(() => Volatile.Read(ref announced));
        await using PreemptionWatch watch = Watch(notice);
        await watch.StartAsync(Token);
        Assert.Empty(_told);
        Volatile.Write(ref announced, "soon");
        await AskAgainAsync(notice);
        await AskAgainAsync(notice);
        Assert.Equal(["soon"], _told);
        Volatile.Write(ref announced, null);
        await AskAgainAsync(notice);
        await Eventually.HoldsAsync(() => _told.Count == 2);
        Assert.Equal(["soon", null], _told);
        Assert.Null(watch.Current);
    }

    [Fact]
    public async Task Each_is_asked_at_its_own_pace()
    {
        ScriptedNotice often = new(() => null);
        ScriptedNotice seldom = new(() => null, seconds: 5);
        await using PreemptionWatch watch = Watch(often, seldom);
        await watch.StartAsync(Token);
        for (int second = 0; second < 4; second++)
        {
            await AskAgainAsync(often);
        }

        Assert.Equal((5, 1), (often.Asked, seldom.Asked));
        await AskAgainAsync(often);
        await Eventually.HoldsAsync(() => seldom.Asked == 2);
    }

    [Fact]
    public async Task The_first_who_announces_gives_the_reason_and_the_next_one_follows()
    {
        string? first = "by the file";
        ScriptedNotice file = new(() => Volatile.Read(ref first));
        await using PreemptionWatch watch = Watch(file, new ScriptedNotice(() => "by the cloud"));
        await watch.StartAsync(Token);
        Assert.Equal("by the file", watch.Current);
        Volatile.Write(ref first, null);
        await AskAgainAsync(file);
        await Eventually.HoldsAsync(() => watch.Current == "by the cloud");
    }

    [Fact]
    public async Task Unknown_is_not_preempted_and_is_said_once_until_it_is_known_again()
    {
        bool broken = true;
        ScriptedNotice notice = new(() => Volatile.Read(ref broken) ? throw new IOException("no such luck.") : null);
        await using PreemptionWatch watch = Watch(notice);
        await watch.StartAsync(Token);
        await AskAgainAsync(notice);
        await AskAgainAsync(notice);
        Assert.Empty(_told);
        Assert.Contains("no such luck.", Assert.Single(_log.Lines), StringComparison.Ordinal);
        Volatile.Write(ref broken, false);
        await AskAgainAsync(notice);
        await AskAgainAsync(notice);
        Volatile.Write(ref broken, true);
        await AskAgainAsync(notice);
        await Eventually.HoldsAsync(() => _log.Lines.Count == 2);
    }

    [Fact]
    public async Task Who_falls_silent_is_taken_at_the_last_word()
    {
        bool broken = false;
        ScriptedNotice notice = new(() => Volatile.Read(ref broken) ? throw new IOException("gone") : "soon");
        await using PreemptionWatch watch = Watch(notice);
        await watch.StartAsync(Token);
        Volatile.Write(ref broken, true);
        await AskAgainAsync(notice);
        await Eventually.HoldsAsync(() => _log.Lines.Count == 2);
        Assert.Equal("soon", watch.Current);
        Assert.Equal(["soon"], _told);
    }

    [Fact]
    public async Task Nobody_is_asked_after_the_end()
    {
        ScriptedNotice notice = new(() => null);
        PreemptionWatch watch = Watch(notice);
        await watch.StartAsync(Token);
        await watch.DisposeAsync();
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, notice.Asked);
    }

    [Fact]
    public async Task Nobody_to_ask_is_no_trouble()
    {
        await using PreemptionWatch watch = Watch();
        await watch.StartAsync(Token);
        Assert.Null(watch.Current);
    }

    private PreemptionWatch Watch(params IPreemptionNotice[] notices) => new(notices, _told.Enqueue, _clock, _log);

    // Its answer has been taken in when it can be asked the next time; the tests that look at that wait for it.
    private async Task AskAgainAsync(ScriptedNotice notice)
    {
        int asked = notice.Asked;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(() => notice.Asked == asked + 1);
    }
}
