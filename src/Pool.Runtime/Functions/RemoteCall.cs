using System.Buffers;
using System.Reflection;
using System.Text.Json;

namespace Eformer.Pool.Functions;

/// <summary>A call of a remote function, ready to be sent.</summary>
public sealed record RemoteCall
{
    /// <summary>What the bytes of arguments and values begin with when the rest is JSON. Others may follow.</summary>
    public const byte Json = 1;

    /// <summary>Name of the function.</summary>
    public required string Function { get; init; }

    /// <summary>What the driver takes the function to be.</summary>
    public required RemoteContract Contract { get; init; }

    /// <summary>A byte that says how, then the arguments.</summary>
    public required ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>The assembly with the function, which is shipped; null when hosts have it already.</summary>
    public Assembly? Assembly { get; init; }

    /// <summary>Makes the call of a request.</summary>
    /// <param name="request">The function with its arguments.</param>
    /// <param name="installed">Whether hosts have it already.</param>
    /// <exception cref="SlicePoolException"><c>PayloadInvalid</c>, <c>PayloadTooDeep</c>: an argument cannot be sent; it is named.</exception>
    public static RemoteCall Of(RemoteRequest request, bool installed = false) => new()
    {
        Function = request.Contract.Name,
        Contract = request.Contract,
        Arguments = Write(request),
        Assembly = installed ? null : request.GetType().Assembly,
    };

    private static ReadOnlyMemory<byte> Write(RemoteRequest request)
    {
        ArrayBufferWriter<byte> bytes = new();
        bytes.Write([Json]);
        using ArgumentWriter arguments = new(bytes);
        try
        {
            request.WriteArguments(arguments);
            arguments.End();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw PayloadErrors.Unwritable(request.Contract.Name, arguments.Current, exception);
        }

        return bytes.WrittenMemory;
    }
}
