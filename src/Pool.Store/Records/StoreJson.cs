using System.Text.Json;
using System.Text.Json.Serialization;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.RedisStore.Records;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(HostRegistration))]
[JsonSerializable(typeof(LeaseGrant))]
[JsonSerializable(typeof(DemandRecord))]
[JsonSerializable(typeof(HostHealth))]
[JsonSerializable(typeof(AgentLoad))]
[JsonSerializable(typeof(SuspensionField.Wish))]
[JsonSerializable(typeof(PoolEvent))]
[JsonSerializable(typeof(RunListing))]
internal sealed partial class StoreJson : JsonSerializerContext;
