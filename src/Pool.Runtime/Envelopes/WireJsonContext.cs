using System.Text.Json.Serialization;
using Eformer.Pool.Payloads;

namespace Eformer.Pool.Envelopes;

/// <summary>Generated readers and writers of the messages.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunCommand))]
[JsonSerializable(typeof(CancelCommand))]
[JsonSerializable(typeof(ResultHeader))]
[JsonSerializable(typeof(KeepWish))]
[JsonSerializable(typeof(RunManifest))]
[JsonSerializable(typeof(ScriptPayload))]
[JsonSerializable(typeof(FleetKeyFile))]
internal sealed partial class WireJsonContext : JsonSerializerContext;
