using System.CommandLine;
using Eformer.Pool.HostWorker.StoreServer;

namespace Eformer.Pool.HostWorker.CommandLine;

/// <summary><c>store</c>: the embedded store server.</summary>
internal static class StoreVerb
{
    public static Command Build()
    {
        Option<string?> directory = new("--directory") { Description = "Folder for its data and for store.json, which holds endpoint and password." };
        Option<int> port = new("--port") { Description = "Port on the loopback interface; 0 for any free one." };
        Option<bool> owned = new("--owned") { Description = "End when standard input ends." };
        Option<bool> ephemeral = new("--ephemeral") { Description = "Remove the folder at the end." };
        Command command = new("store", "Run a store for one machine: loopback only, with a random password.") { directory, port, owned, ephemeral };
        command.SetAction((result, cancellationToken) => ErrorText.Guard(() => StoreServerCommand.RunAsync(
            new StoreServerOptions
            {
                Directory = result.GetValue(directory),
                Port = result.GetValue(port),
                OwnedByStdin = result.GetValue(owned),
                Ephemeral = result.GetValue(ephemeral),
            },
            cancellationToken)));
        return command;
    }
}
