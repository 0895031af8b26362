using System.Reflection;
using Eformer.Pool.Functions;
using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>An assembly of remote functions, loaded into a context of its own. Thread-safe.</summary>
internal sealed class FunctionAssembly : IDisposable
{
    private readonly string _path;
    private readonly FunctionLoadContext _context;
    private readonly RemoteFunctionTable _table;

    private FunctionAssembly(string path, FunctionLoadContext context, RemoteFunctionTable table) => (_path, _context, _table) = (path, context, table);

    /// <summary>Loads it.</summary>
    /// <param name="path">Its absolute path; what it needs lies in the same folder.</param>
    /// <exception cref="SlicePoolException"><c>AssemblyNotLoadable</c>: it is not there, no assembly, lacks something, or has no functions.</exception>
    public static FunctionAssembly Load(string path)
    {
        FunctionLoadContext context = new(Path.GetDirectoryName(path)!);
        try
        {
            return new FunctionAssembly(path, context, TableOf(context.LoadFromAssemblyPath(path), path));
        }
        catch (Exception exception) when (exception is not SlicePoolException)
        {
            // Whatever its code threw while its table was made is about this file too.
            context.Unload();
            throw CallErrors.NotLoadable(path, ReasonOf(exception), exception);
        }
        catch (SlicePoolException)
        {
            context.Unload();
            throw;
        }
    }

    /// <summary>Finds the function of a call, compares the contracts, and reads the arguments.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>FunctionNotFound</c>, <c>ContractMismatch</c>, <c>ArgumentsUnreadable</c>, <c>AssemblyNotLoadable</c>: nothing of the user's ran but
    /// what reads the arguments.
    /// </exception>
    public RemoteRequest Prepare(RunnerCall call)
    {
        RemoteContract contract = _table.Find(call.Function) ?? throw CallErrors.NotFound(call.Function, Path.GetFileNameWithoutExtension(_path));
        Compare(call, contract);
        ReadOnlySpan<byte> arguments = call.Arguments.Span;
        if (arguments.IsEmpty || arguments[0] != RemoteCall.Json)
        {
            throw CallErrors.UnknownForm(call.Function, arguments.IsEmpty ? (byte)0 : arguments[0]);
        }

        return Read(contract, arguments[1..]);
    }

    /// <summary>Lets go of it: it is unloaded when nothing uses it any more.</summary>
    public void Dispose() => _context.Unload();

    private static RemoteFunctionTable TableOf(Assembly assembly, string path)
    {
        Type? table = TableName.Of(path) is { } name ? assembly.GetType(name, throwOnError: true) : null;
        return table is null
            ? throw CallErrors.NotLoadable(path, "it has no remote functions")
            : (RemoteFunctionTable)Activator.CreateInstance(table, nonPublic: true)!;
    }

    private static void Compare(RunnerCall call, RemoteContract contract)
    {
        if (call.ContractHash == contract.Hash)
        {
            return;
        }

        // A shipped assembly comes without a contract: it is the driver's own, and cannot differ but by mistake.
        IReadOnlyList<string> differences = call.Contract is null
            ? ["the shipped assembly is not the one that the call was made with"]
            : ContractDifference.Of(call.Contract, contract.Schema);
        if (differences.Count > 0)
        {
            throw CallErrors.ContractDiffers(call.Function, string.Join("; ", differences));
        }
    }

    private RemoteRequest Read(RemoteContract contract, ReadOnlySpan<byte> json)
    {
        try
        {
            ArgumentReader reader = new(contract, json);
            RemoteRequest request = _table.Read(contract.Name, ref reader);
            reader.End();
            return request;
        }
        catch (RemoteArgumentException exception)
        {
            throw CallErrors.Arguments(contract.Name, exception.Message, exception);
        }
        catch (Exception exception)
        {
            // Types of the arguments, or what those need, cannot be loaded.
            throw CallErrors.NotLoadable(_path, ReasonOf(exception), exception);
        }
    }

    // What a static constructor threw is wrapped, by the runtime and by reflection.
    private static string ReasonOf(Exception exception) =>
        exception is TypeInitializationException or TargetInvocationException && exception.InnerException is { } inner ? ReasonOf(inner) : RemoteFault.Of(exception).Message;
}
