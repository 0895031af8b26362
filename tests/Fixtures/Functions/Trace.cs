using System.Runtime.CompilerServices;

namespace Acme.Functions;

/// <summary>Says that code of this assembly ran: in a file beside it that ends in <c>.ran</c>, where that is there.</summary>
internal static class Trace
{
#pragma warning disable CA2255 // Users' libraries have such initializers, and what they do is what is tested.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Leave()
    {
        string file = Path.ChangeExtension(typeof(Trace).Assembly.Location, ".ran");
        if (File.Exists(file))
        {
            File.AppendAllText(file, $"{Environment.ProcessId}\n");
        }
    }
}
