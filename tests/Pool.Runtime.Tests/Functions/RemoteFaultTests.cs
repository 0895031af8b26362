using Acme.Functions;
using Eformer.Pool.Functions;

namespace Eformer.Pool.Tests.Functions;

public sealed class RemoteFaultTests
{
    [Fact]
    public void What_does_not_tell_anything_of_itself_is_told_as_that()
    {
        RemoteFault fault = RemoteFault.Of(new InvalidOperationException("outer", new SulkyException()));
        Assert.Equal("outer", fault.Message);
        Assert.Equal(
            ("Acme.Functions.SulkyException", "(its message cannot be read: System.NotSupportedException)", "(its stack trace cannot be read: System.NotSupportedException)"),
            (fault.Inner!.Type, fault.Inner.Message, fault.Inner.StackTrace));
    }

    [Fact]
    public void Long_and_broken_texts_come_through()
    {
        string half = new string('x', 16 * 1024 - 1) + "\ud83d\ude00";
        RemoteFault fault = RemoteFault.TryRead(RemoteFault.Of(new FormatException(half)).Write())!;
        Assert.StartsWith("xxx", fault.Message, StringComparison.Ordinal);
        Assert.Equal("", RemoteFault.TryRead(RemoteFault.Of(new WordlessException()).Write())!.Message);
    }

    private sealed class WordlessException : Exception
    {
        public override string Message => null!;
    }
}
