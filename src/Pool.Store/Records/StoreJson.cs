using System.Text.Json;
using System.Text.Json.Serialization;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.RedisStore.Records;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HostRegistration))]
[JsonSerializable(typeof(LeaseGrant))]
internal sealed partial class StoreJson : JsonSerializerContext;
