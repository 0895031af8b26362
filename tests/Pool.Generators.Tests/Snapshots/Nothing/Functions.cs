namespace Acme;

public static partial class Nothing
{
    [RemoteFunction(Cmdlet = "Measure-Nothing")]
    public static int Measure(string? note, string[]? words, int? count, string text, int number) => 1;
}
