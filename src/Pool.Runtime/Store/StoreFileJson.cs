using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eformer.Pool.Store;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoreFile))]
internal sealed partial class StoreFileJson : JsonSerializerContext;
