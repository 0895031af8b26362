using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Runs an agent in a Generic Host: signals, systemd and logs are its business.</summary>
internal static class AgentCommand
{
    public static async Task<int> RunAsync(AgentOptions options, CancellationToken cancellationToken)
    {
        AgentExit exit = new();
        using IHost host = Build(options, exit);
        try
        {
            await host.RunAsync(cancellationToken);
        }
        finally
        {
            if (options.Ephemeral && exit.OwnsState)
            {
                EphemeralFolder.Remove(options.StateFolder);
            }
        }

        return exit.Code;
    }

    private static IHost Build(AgentOptions options, AgentExit exit)
    {
        // The empty builder: no configuration files are read, and it starts in a third of the time.
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Logging.AddConsoleFormatter<LogLineFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddConsole(console => console.FormatterName = LogLineFormatter.Line);

        // Standard output says "ready" and nothing else.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(options.LogLevel ?? (options.Owned ? LogLevel.Warning : LogLevel.Information));
        builder.Logging.AddFilter("Microsoft.Hosting", LogLevel.Warning);
        if (options.Owned)
        {
            builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        }
        else
        {
            builder.Services.AddSystemd();
        }

        builder.Services.Configure<HostOptions>(hosting => hosting.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(exit);
        builder.Services.AddHostedService<AgentService>();
        return builder.Build();
    }
}
