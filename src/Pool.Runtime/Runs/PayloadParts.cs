using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Eformer.Pool.Payloads;

namespace Eformer.Pool.Runs;

/// <summary>What a payload is made of, each part by a hash: so that of two that differ it can be told in what. Pure.</summary>
internal static class PayloadParts
{
    // For people, so no more than that two parts are hardly ever the same by chance.
    private const int HashLength = 16;

    private static readonly (string Name, string Another, Func<ScriptPayload, IEnumerable<string?>> Of)[] s_parts =
    [
        ("script", "another script", static payload => [payload.Script]),
        ("function", "another function", static payload => [payload.Call?.Function, payload.Call?.ContractHash, payload.Call?.Assembly]),
        ("arguments", "other arguments", static payload => [payload.ArgumentsXml, payload.Call is { } call ? Convert.ToHexString(call.Arguments) : null]),
        ("input", "other input", static payload => [payload.InputXml, .. Pairs(payload.InputParts)]),
        ("environment", "another -Environment", static payload => Pairs(payload.Environment)),
        ("setup", "other functions, modules or files shipped with it", static payload => [payload.Setup?.Hash]),
        ("directory", "another -WorkingDirectory", static payload => [payload.WorkingDirectory]),
        ("depth", "another -Depth", static payload => [payload.Depth.ToString(CultureInfo.InvariantCulture)]),
    ];

    /// <summary>All that must be the same, for people.</summary>
    public const string All = "script or function, arguments, input, -Environment, what is shipped with it, -WorkingDirectory, -Depth and hosts";

    /// <summary>The hash of each part, by its name.</summary>
    public static IReadOnlyDictionary<string, string> Of(ScriptPayload payload) =>
        s_parts.ToDictionary(part => part.Name, part => Hash(part.Of(payload)), StringComparer.Ordinal);

    /// <summary>In what a payload differs from one that was stored, as what it has: <c>another script</c>.</summary>
    public static IEnumerable<string> Differences(IReadOnlyDictionary<string, string> ours, IReadOnlyDictionary<string, string> stored) =>
        s_parts.Where(part => ours.GetValueOrDefault(part.Name) != stored.GetValueOrDefault(part.Name)).Select(part => part.Another);

    private static IEnumerable<string?> Pairs(IReadOnlyDictionary<string, string>? table) =>
        table?.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => (string?[])[pair.Key, pair.Value]) ?? [];

    // The length goes before each text: where one ends is not for the texts to say.
    private static string Hash(IEnumerable<string?> texts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string? text in texts)
        {
            hash.AppendData(BitConverter.GetBytes(text?.Length ?? -1));
            hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..HashLength];
    }
}
