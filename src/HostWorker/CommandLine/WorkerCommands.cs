using System.CommandLine;

namespace Eformer.Pool.HostWorker.CommandLine;

/// <summary>The worker's verbs.</summary>
internal static class WorkerCommands
{
    public static Task<int> RunAsync(string[] args)
    {
        RootCommand root = new("Worker of Eformer.Pool: keeps leases on a host and runs what their owners send.")
        {
            AgentVerb.Build(),
            StoreVerb.Build(),
            KeysVerb.Build(),
            ScriptHelp.Build(),
        };

        // The Generic Host and the store handle signals themselves.
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }
}
