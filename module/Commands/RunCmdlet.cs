using System.Management.Automation;
using Eformer.Pool.Module.Arguments;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.Module.Scripts;

namespace Eformer.Pool.Module.Commands;

/// <summary>What commands that run a script on hosts share.</summary>
public abstract partial class RunCmdlet : HostRunCmdlet
{
    private readonly List<SlicePool> _pools = [];
    private readonly List<object?> _input = [];
    private RunRequestBuilder? _builder;

    /// <inheritdoc/>
    protected override void Begin()
    {
        ScriptText? script = ReadScript();
        IReadOnlyList<UsingValue> usings = script is null ? [] : UsingExpressions.Evaluate(script.Ast, SessionState.PSVariable);
        string? arguments = ArgumentEncoder.Encode(ArgumentList, usings);
        _builder = new RunRequestBuilder(ReadOptions(), hasInput => script ?? ScriptText.OfCommand(Command, hasInput), arguments);
        ReadNamed();
        base.Begin();
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!_poolIsNamed)
        {
            _pools.AddRange(Pool);
        }

        if (InputIsPiped)
        {
            _input.Add(InputObject);
        }
        else if (!Distribute)
        {
            Start();
        }

        WriteArrived();
    }

    /// <inheritdoc/>
    protected override void End()
    {
        Start();
        base.End();
    }

    private void Start()
    {
        SlicePool[] pools = [.. _pools];
        _pools.Clear();
        IReadOnlyList<RunRequest> requests = Distribute
            ? _builder!.Distribute(_input, [.. pools.Select(CountHosts)])
            : [.. Enumerable.Repeat(pools.Length == 0 ? null! : _builder!.Build(_input), pools.Length)];
        for (int pool = 0; pool < pools.Length; pool++)
        {
            Start(pools[pool], requests[pool]);
        }
    }
}
