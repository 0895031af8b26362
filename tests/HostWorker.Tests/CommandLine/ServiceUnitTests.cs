using System.CommandLine;
using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.CommandLine;

namespace Eformer.Pool.HostWorker.Tests.CommandLine;

/// <summary>The service unit of docs/hosts.md, which people copy.</summary>
public sealed class ServiceUnitTests
{
    private static readonly Dictionary<string, string> s_unit = Read();

    [Fact]
    public void It_starts_an_agent_with_arguments_that_there_are()
    {
        string[] call = s_unit["ExecStart"].Split(' ');
        Assert.Equal("eformer-host", Path.GetFileName(call[0]));
        Command agent = AgentVerb.Build();
        Assert.Equal(agent.Name, call[1]);
        Assert.Empty(agent.Parse(call[2..]).Errors);
    }

    [Fact]
    public void What_it_refuses_may_be_mended_while_it_is_restarted()
    {
        Assert.Equal("always", s_unit["Restart"]);
        Assert.DoesNotContain($"{AgentExit.Refused}", s_unit["RestartPreventExitStatus"].Split(' '));
    }

    private static Dictionary<string, string> Read()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Eformer.Pool.slnx")))
        {
            root = root.Parent;
        }

        return File.ReadLines(Path.Combine(root.FullName, "docs", "hosts.md"))
            .SkipWhile(line => line != "```ini").Skip(1).TakeWhile(line => line != "```")
            .Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }
}
