using System.Text.Json.Serialization;

namespace Acme;

/// <summary>Reads and writes what <see cref="Contextual"/> takes and gives, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrainResult))]
[JsonSerializable(typeof(string))]
internal sealed partial class AcmeJson : JsonSerializerContext;
