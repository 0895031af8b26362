using System.Text.Json.Serialization;

namespace Eformer.Pool.Functions;

/// <summary>Generated reader and writer of faults.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RemoteFault))]
internal sealed partial class RemoteFaultContext : JsonSerializerContext;
