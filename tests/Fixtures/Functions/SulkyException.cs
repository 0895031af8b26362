namespace Acme.Functions;

/// <summary>One that throws when it is asked anything.</summary>
public sealed class SulkyException : Exception
{
    public override string Message => throw new NotSupportedException("no message");

    public override string StackTrace => throw new NotSupportedException("no trace");
}
