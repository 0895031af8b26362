using System.Management.Automation;
using Eformer.Pool.Module.Arguments;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;
using Eformer.Pool.Module.Errors;
using Eformer.Pool.Module.HostFunctions;
using Eformer.Pool.Module.Shipping;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Module.Commands;

/// <summary>Makes functions in this session that stand for commands which the hosts of a pool have, and run them there.</summary>
/// <remarks>As Import-PSSession does. They are in a module: Remove-Module ends them.</remarks>
[Cmdlet(VerbsData.Import, "SlicePoolFunction")]
[OutputType(typeof(PSModuleInfo))]
public sealed class ImportSlicePoolFunctionCommand : SlicePoolCmdlet
{
    private readonly List<string> _unusable = [];

    /// <summary>The pool, or its name; its first host is asked.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [SlicePoolTransformation]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    public SlicePool Pool { get; set; } = null!;

    /// <summary>Names of the commands, with wildcards.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Modules of this machine that the commands are in: shipped with each call. Names of loaded or available ones, or paths.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Module { get; set; }

    /// <summary>What goes before the nouns of the functions.</summary>
    [Parameter]
    [ValidatePattern(@"^\w+$")]
    public string? Prefix { get; set; }

    /// <summary>Makes functions even where the session has a command of that name.</summary>
    [Parameter]
    public SwitchParameter AllowClobber { get; set; }

    /// <summary>Gives the module.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        RunRequest question = new()
        {
            Script = HostQuestion.Script,
            ArgumentsXml = ArgumentEncoder.Encode([Name], []),
            RuntimeEnvironment = new EnvironmentSource(SessionState, InvokeCommand).Gather(null, Module, null, null),
            Depth = HostQuestion.Depth,
        };
        _unusable.Clear();
        IReadOnlyList<object?> answers = Await(token => HostQuery.AskAsync(Pool, question, token));
        ILookup<bool, object?> answer = answers.ToLookup(static item => HostAnswer.ReadAlias(item) is not null);
        HostFunction[] found = [.. answer[false].Select(Read).OfType<HostFunction>().DistinctBy(function => function.Name, StringComparer.OrdinalIgnoreCase)];
        ReportMissing(found, [.. answer[true].Select(static item => HostAnswer.ReadAlias(item)!)]);
        HostFunction[] wanted = [.. found.Where(MayBeMade)];
        ReportClobbered([.. found.Except(wanted).Select(function => Prefixed(function.Name))]);
        if (wanted.Length == 0)
        {
            return;
        }

        PSModuleInfo module = ProxyModule.Make(SessionState, wanted, Pool, Module, Prefix);
        if (PassThru)
        {
            WriteObject(module);
        }
    }

    // One that cannot be used does not cost the others.
    private HostFunction? Read(object? answer)
    {
        HostFunction? function = null;
        ForEach(Pool, () =>
        {
            try
            {
                function = HostAnswer.Read(answer);
            }
            catch (SlicePoolException failure) when (failure.Target is string name)
            {
                _unusable.Add(name);
                throw;
            }
        });
        // A host says what it has, not what this session is to have.
        return function is not null && Name.Any(name => Fits(name, function.Name)) ? function : null;
    }

    private void ReportMissing(HostFunction[] found, HostAlias[] aliases)
    {
        // What cannot be used was told already, and is there.
        foreach (string name in Name.Where(name => !found.Select(function => function.Name).Concat(_unusable).Any(command => Fits(name, command))))
        {
            WriteError(ErrorRecords.From(aliases.FirstOrDefault(alias => Fits(name, alias.Name)) is { } alias ? IsAlias(name, alias) : Missing(name)));
        }
    }

    private SlicePoolException Missing(string name) => new(
        "FunctionNotFound",
        PoolErrorCategory.ObjectNotFound,
        $"The hosts of pool '{Pool.Name}' have no command '{name}'.",
        "Look for the module that it is in: it must be installed on the hosts, or be sent to them with -Module.",
        name);

    // An alias has no parameters of its own, and this session may use its name for something else.
    private SlicePoolException IsAlias(string name, HostAlias alias) => new(
        "FunctionIsAlias",
        PoolErrorCategory.ObjectNotFound,
        $"The hosts of pool '{Pool.Name}' have no command '{name}': '{PoolName.Printable(alias.Name)}' is an alias there and stands for '{PoolName.Printable(alias.Target)}'.",
        $"Import '{PoolName.Printable(alias.Target)}' instead, if it is a function or a cmdlet, and make an alias of it in this session; or call it with Invoke-OnEachHost.",
        name);

    private bool MayBeMade(HostFunction function) =>
        AllowClobber || InvokeCommand.GetCommand(Prefixed(function.Name), CommandTypes.All) is not CommandInfo existing || ProxyModule.Made(existing);

    private void ReportClobbered(string[] names)
    {
        if (names.Length > 0)
        {
            WriteWarning($"Not imported, because this session has commands of these names: {string.Join(", ", names)}. Use -Prefix or -AllowClobber.");
        }
    }

    private string Prefixed(string name) => Prefix is null || name.IndexOf('-', StringComparison.Ordinal) is var dash && dash < 0 ? $"{Prefix}{name}" : name.Insert(dash + 1, Prefix);

    private static bool Fits(string name, string command) => WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(command);
}
