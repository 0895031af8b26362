using System.Collections;
using System.Management.Automation;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>A run's script as a pipeline.</summary>
internal static class RunScript
{
    /// <summary>Puts the script and its arguments into a pipeline.</summary>
    /// <returns>Its input; null for none.</returns>
    /// <exception cref="RunRefusedException">Something of it cannot be read.</exception>
    public static IList? Prepare(PowerShell pipeline, RunBody body)
    {
        Check(body.Script);
        IList? input = body.InputXml is null ? null : RunObjects.Read(body.InputXml, "input objects");
        if (input?.Count == 0)
        {
            // Given an empty list the engine would run a process block once, as without input; behind a command that
            // gives nothing it doesn't.
            pipeline.AddCommand("Out-Null");
        }

        // Not in a scope of its own: what it sets stays for the next run, as with Invoke-Command -Session.
        pipeline.AddScript(body.Script, useLocalScope: false);
        if (body.ArgumentsXml is not null)
        {
            RunArguments.AddTo(pipeline, body.ArgumentsXml);
        }

        return input;
    }

    /// <summary>Runs a pipeline on this thread.</summary>
    /// <returns>What ended it; null when it came to its end.</returns>
    public static Exception? Invoke(PowerShell pipeline, IList? input, PSDataCollection<object> output)
    {
        try
        {
            pipeline.Invoke(input, output);
            return pipeline.InvocationStateInfo.Reason;
        }
        catch (Exception e)
        {
            // Nearly always a RuntimeException; whatever it is, it is the run's end and is reported as such.
            return e;
        }
    }

    // So that a syntax error is known before anything runs; the engine remembers what was parsed.
    private static void Check(string script)
    {
        try
        {
            _ = ScriptBlock.Create(script);
        }
        catch (RuntimeException e)
        {
            throw new RunRefusedException(e.Message, e);
        }
    }
}
