using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>How bodies are written. Strict: unknown, doubled or missing members are errors.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict)]
[JsonSerializable(typeof(HelloBody))]
[JsonSerializable(typeof(RunBody))]
[JsonSerializable(typeof(EndedBody))]
internal sealed partial class ProtocolJson : JsonSerializerContext;
