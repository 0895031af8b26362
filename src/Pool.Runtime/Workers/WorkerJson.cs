using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eformer.Pool.Workers;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WorkerInfo))]
internal sealed partial class WorkerJson : JsonSerializerContext;
