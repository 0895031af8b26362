using System.CommandLine;
using Eformer.Pool.Files;
using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Functions;
using Eformer.Pool.HostWorker.Ownership;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.CommandLine;

/// <summary><c>agent</c>: keeps leases on this host.</summary>
internal static class AgentVerb
{
    private static readonly Option<string?> s_store = new("--store") { Description = "The store as host:port[,ssl=true][,user=…], a cluster or sentinels as host:port,host:port[,serviceName=…], or as redis://host:port, rediss:// with TLS; by default EFORMER_STORE." };
    private static readonly Option<string?> s_passwordFile = new("--store-password-file") { Description = "File that holds the store's password; on a second line that of its sentinels, where they have one. Read again for every connection." };
    private static readonly Option<string?> s_storeFile = new("--store-file") { Description = "The store.json of an embedded store; waited for." };
    private static readonly Option<bool> s_insecure = new("--allow-insecure-transport") { Description = "Reach a store on another machine without TLS." };
    private static readonly Option<string> s_fleet = new("--fleet") { Description = "The fleet.", DefaultValueFactory = _ => "default" };
    private static readonly Option<string?> s_keys = new("--keys") { Description = "The fleet's key file; by default where 'keys new' writes it." };
    private static readonly Option<string?> s_state = new("--state") { Description = "Folder for this agent's state." };
    private static readonly Option<string?> s_preemptionFile = new("--preemption-file") { Description = "File that announces, by being there, that this machine will be taken away; its first line says why." };
    private static readonly Option<string?> s_preemptionCommand = new("--preemption-command") { Description = "Command that announces, by exit code 0, that this machine will be taken away; its first line of output says why." };
    private static readonly Option<string> s_engine = new("--engine") { Description = "auto, pwsh or embedded.", DefaultValueFactory = _ => "auto" };
    private static readonly Option<string?> s_pwsh = new("--pwsh") { Description = "Folder of the PowerShell to borrow the engine from." };
    private static readonly Option<string[]> s_functions = new("--functions") { Description = "An assembly of remote functions that this host has, so that it need not be shipped; may be repeated.", DefaultValueFactory = _ => [] };
    private static readonly Option<LogLevel?> s_logLevel = new("--log-level") { Description = "What is logged at least: debug, information, warning or error." };
    private static readonly Option<bool> s_owned = new("--owned") { Description = "End when standard input ends." };
    private static readonly Option<string?> s_detached = new("--detached") { Description = "Leave the terminal it was started from, and log to this file. Start-HostWorker does this." };
    private static readonly Option<bool> s_ephemeral = new("--ephemeral") { Description = "Remove the state folder at the end." };

    public static Command Build()
    {
        Command command = new("agent", "Register this host, accept leases on it and run what their owners send. Ends on SIGTERM, after clearing the host.")
        {
            s_store, s_passwordFile, s_storeFile, s_insecure, s_fleet, s_keys, s_state, s_preemptionFile, s_preemptionCommand,
            s_engine, s_pwsh, s_functions, s_logLevel, s_owned, s_ephemeral, s_detached,
        };
        HostFlags.AddTo(command);
        s_engine.AcceptOnlyFromAmong("auto", "pwsh", "embedded");
        command.SetAction((result, cancellationToken) => ErrorText.Guard(async () =>
        {
            if (result.GetValue(s_detached) is { } log)
            {
                Detachment.Leave(log);
            }

            return await AgentCommand.RunAsync(await ReadAsync(result, cancellationToken), cancellationToken);
        }));
        return command;
    }

    private static async Task<AgentOptions> ReadAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string fleet = PoolName.Check(result.GetRequiredValue(s_fleet), "fleet");
        (HostPlan hosts, string? metadataHost) = await HostFlags.ReadAsync(result, cancellationToken);
        return new AgentOptions
        {
            Store = result.GetValue(s_storeFile) is null ? ReadStore(result, fleet) : null,
            StoreFile = result.GetValue(s_storeFile),
            Fleet = fleet,
            KeyFile = result.GetValue(s_keys),
            StateFolder = Path.GetFullPath(result.GetValue(s_state) ?? Path.Combine(PrivateFolder.StateRoot(), "agents", fleet)),
            Hosts = hosts,
            MetadataHost = metadataHost,
            PreemptionFile = result.GetValue(s_preemptionFile) is { } file ? Path.GetFullPath(file) : null,
            PreemptionCommand = result.GetValue(s_preemptionCommand),
            Engine = result.GetRequiredValue(s_engine),
            PowerShellHome = result.GetValue(s_pwsh),
            Functions = InstalledFunctions.Load(result.GetRequiredValue(s_functions)),
            LogLevel = result.GetValue(s_logLevel),
            Owned = result.GetValue(s_owned),
            Ephemeral = result.GetValue(s_ephemeral),
        };
    }

    private static StoreOptions ReadStore(ParseResult result, string fleet)
    {
        string? connection = result.GetValue(s_store) ?? Environment.GetEnvironmentVariable("EFORMER_STORE");
        if (string.IsNullOrEmpty(connection))
        {
            throw Invalid("No store was given.", "Give one with --store host:port, or set EFORMER_STORE.");
        }

        StoreOptions store = new()
        {
            Connection = connection,
            Fleet = fleet,
            AllowInsecureTransport = result.GetValue(s_insecure),
            ClientName = "eformer-agent",
        };
        if (result.GetValue(s_passwordFile) is not { } file)
        {
            return store;
        }

        // The file of a worker that a command started is gone when it is ready: who makes another by that name is not to be believed.
        store = store.WithPasswordsOf(file);
        return result.GetValue(s_detached) is null ? store : store with { PasswordFile = null };
    }

    internal static SlicePoolException Invalid(string what, string advice) =>
        new("InvalidArgument", PoolErrorCategory.InvalidArgument, what, advice);
}
