using System.Globalization;
using Eformer.Pool.Functions;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>Why a call cannot be made, or what it gave cannot be sent.</summary>
internal static class CallErrors
{
    private const string Ship = "Let the assembly be shipped (leave 'Installed' out of the call's options), or";

    /// <summary>Says it in one line, as evidence: what happened, to what, what to do.</summary>
    public static string EvidenceOf(SlicePoolException error) => $"{error.ErrorId}: {RemoteFault.Of(error).Message} {error.RecommendedAction}".TrimEnd();

    public static SlicePoolException NotFound(string function, string assembly) => new(
        "FunctionNotFound",
        PoolErrorCategory.ObjectNotFound,
        $"The assembly '{PoolName.Printable(assembly)}' has no remote function '{PoolName.Printable(function)}'.",
        "Build it anew with the generator, and see that the function has not been renamed.",
        function);

    public static SlicePoolException NotInstalled(string function) => new(
        "FunctionNotFound",
        PoolErrorCategory.ObjectNotFound,
        $"The remote function '{PoolName.Printable(function)}' is not installed on this host.",
        $"{Ship} give this host's agent the assembly with --functions.",
        function);

    public static SlicePoolException NotLoadable(string path, string why, Exception? cause = null) => new(
        "AssemblyNotLoadable",
        PoolErrorCategory.InvalidData,
        $"The assembly '{PoolName.Printable(path)}' cannot be used: {why.TrimEnd('.')}.",
        "See that it is built for this version of .NET, and that everything it refers to lies beside it.",
        path,
        cause);

    public static SlicePoolException ContractDiffers(string function, string how) => new(
        "ContractMismatch",
        PoolErrorCategory.InvalidData,
        $"The remote function '{PoolName.Printable(function)}' is another one on this host than in the driver: {how}.",
        $"{Ship} update the assembly on the side that is older.",
        function);

    public static SlicePoolException Arguments(string function, string why, Exception? cause = null) => new(
        "ArgumentsUnreadable",
        PoolErrorCategory.InvalidArgument,
        $"The arguments of '{PoolName.Printable(function)}' are not what it takes: {why.TrimEnd('.')}.",
        "Call it with the proxy of the same version of the function.",
        function,
        cause);

    public static SlicePoolException UnknownForm(string function, byte form) => new(
        "ArgumentsUnreadable",
        PoolErrorCategory.InvalidArgument,
        $"The arguments of '{PoolName.Printable(function)}' are in form {form}, which this host does not know.",
        "Update the worker of this host.",
        function);

    public static SlicePoolException NotInProcess() => new(
        "IsolationRefused",
        PoolErrorCategory.SecurityError,
        "Only remote functions of emulated hosts run in the agent's process.",
        "Choose another isolation.");

    /// <summary>A value cannot be written; <paramref name="what"/> names it.</summary>
    public static SlicePoolException Unwritable(string what, Exception why) => new(
        "PayloadInvalid",
        PoolErrorCategory.InvalidData,
        $"{what} cannot be sent: {RemoteFault.Of(why).Message.TrimEnd('.')}.",
        $"Numbers must be finite, texts Unicode without halves of surrogate pairs, objects of types that System.Text.Json can write, and at most {RemoteJson.MaxDepth} levels deep.",
        null,
        why);

    public static SlicePoolException TooLarge(string what, int bytes, int most) => new(
        "PayloadTooLarge",
        PoolErrorCategory.LimitsExceeded,
        string.Create(CultureInfo.InvariantCulture, $"{what} has {bytes:N0} bytes; at most {most:N0} can be sent."),
        "Give a stream of smaller ones, or write it to storage that the caller can reach and give its place.");
}
