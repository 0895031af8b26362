using System.Management.Automation;
using System.Reflection;

namespace Eformer.Pool.Module.Tests.Engines;

/// <summary>Calls parts of the module on an engine's own thread, as its commands do.</summary>
internal static class Inside
{
    /// <summary>Runs a function with the engine's intrinsics after a script, in the same scope.</summary>
    /// <remarks>The module must be imported before the caller is compiled by the run time: it is not beside the tests.</remarks>
    public static T Call<T>(Engine engine, string script, Func<EngineIntrinsics, T> function)
    {
        Func<EngineIntrinsics, object> boxed = context => new[] { function(context)! };
        return (T)Plain(Assert.Single(engine.Run($"param($Function) {script}; $Function.Invoke($ExecutionContext)", boxed).Expect()).BaseObject)!;
    }

    /// <summary>The error of such a function.</summary>
    public static SlicePoolException Refused(Engine engine, string script, Action<EngineIntrinsics> function)
    {
        ErrorRecord? failure = engine.Run($"param($Function) {script}; $Function.Invoke($ExecutionContext)", function).Failure;
        Exception? cause = failure?.Exception;
        while (cause is not (null or SlicePoolException))
        {
            cause = cause is TargetInvocationException or RuntimeException ? cause.InnerException : null;
        }

        return Assert.IsType<SlicePoolException>(cause);
    }

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
