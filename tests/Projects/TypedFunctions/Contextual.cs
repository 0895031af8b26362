using Eformer.Pool;

namespace Acme;

internal static partial class Contextual
{
    [RemoteFunction(JsonContext = typeof(AcmeJson))]
    public static TrainResult Better(TrainResult result, string note) => result with { Loss = result.Loss / 2, Notes = [note] };
}
