using Eformer.Pool.HostWorker.StoreServer;

if (args is ["store", .. string[] rest])
{
    int directory = Array.IndexOf(rest, "--directory");
    int port = Array.IndexOf(rest, "--port");
    return await StoreServerCommand.RunAsync(
        new StoreServerOptions
        {
            Directory = directory < 0 ? null : rest[directory + 1],
            Port = port < 0 ? 0 : int.Parse(rest[port + 1], System.Globalization.CultureInfo.InvariantCulture),
            OwnedByStdin = rest.Contains("--owned-by-stdin"),
            Ephemeral = rest.Contains("--ephemeral"),
        },
        CancellationToken.None);
}

return 64;
