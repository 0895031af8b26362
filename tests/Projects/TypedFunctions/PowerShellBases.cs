using System.Management.Automation;
using Eformer.Pool.Functions;

namespace Eformer.Pool.PowerShell;

/// <summary>In the place of the package's base, as far as generated code needs it.</summary>
/// <typeparam name="T">What the function gives.</typeparam>
public abstract class RemoteFunctionCmdlet<T> : PSCmdlet
{
    /// <summary>The request of the bound parameters.</summary>
    protected abstract RemoteRequest<T> CreateRequest();
}
