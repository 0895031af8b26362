using System.Text.Json.Serialization;
using Eformer.Pool.Leases;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Generated reader and writer of the fence file.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Dictionary<string, Fence>))]
internal sealed partial class FenceJsonContext : JsonSerializerContext;
