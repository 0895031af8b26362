using System.ComponentModel;

namespace Eformer.Pool.Functions;

/// <summary>A remote function with its arguments. Generated code derives from <see cref="RemoteRequest{T}"/>.</summary>
public abstract class RemoteRequest
{
    private protected RemoteRequest() { }

    /// <summary>The function.</summary>
    public abstract RemoteContract Contract { get; }

    /// <summary>Whether it gives its values one after the other instead of one at its end.</summary>
    public virtual bool IsStream => false;

    /// <summary>Writes the arguments. On the driver.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract void WriteArguments(ArgumentWriter arguments);

    /// <summary>Calls the function and gives what it gives. On the host.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract Task InvokeAsync(RemoteInvocation invocation);

    /// <summary>What is wrong with a function that returned null where its task, or its stream, was to be awaited.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public InvalidOperationException NothingToAwait() =>
        new($"The function '{Contract}' returned null where a task or a stream was to be awaited. A function that is not async must return one.");
}
