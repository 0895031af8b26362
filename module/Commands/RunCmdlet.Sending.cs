using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;
using Eformer.Pool.Module.Scripts;

namespace Eformer.Pool.Module.Commands;

/// <content>What runs, on which pools, with what input.</content>
public abstract partial class RunCmdlet
{
    /// <summary>A block runs; pools are an argument.</summary>
    private protected const string PoolSet = "Pool";

    /// <summary>A block runs; pools come through the pipeline.</summary>
    private protected const string PipedSet = "PipedPool";

    /// <summary>A file runs.</summary>
    private protected const string FileSet = "File";

    /// <summary>A command runs.</summary>
    private protected const string CommandSet = "Command";

    private bool _poolIsNamed;
    private bool _inputIsNamed;

    /// <summary>Pools of this session, or their names.</summary>
    [Parameter(ParameterSetName = PoolSet, Position = 0, Mandatory = true)]
    [Parameter(ParameterSetName = PipedSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = FileSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = CommandSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [SlicePoolTransformation]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    public SlicePool[] Pool { get; set; } = [];

    /// <summary>What to run.</summary>
    [Parameter(ParameterSetName = PoolSet, Position = 1, Mandatory = true)]
    [Parameter(ParameterSetName = PipedSet, Position = 0, Mandatory = true)]
    [AllowNull]
    [ValidateScriptBlock]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>A file of this machine with the script to run.</summary>
    [Parameter(ParameterSetName = FileSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string FilePath { get; set; } = "";

    /// <summary>Name of the command to run, as the hosts know it; it gets the arguments and the input.</summary>
    [Parameter(ParameterSetName = CommandSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Command { get; set; } = "";

    /// <summary>Arguments of the script or the command.</summary>
    [Parameter]
    [Alias("Args")]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? ArgumentList { get; set; }

    /// <summary>Input, which the script finds in $input: whole on every host, or distributed over them.</summary>
    [Parameter(ParameterSetName = PoolSet, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = FileSet, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = CommandSet, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = PipedSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Gives each host its part of the input: contiguous blocks of nearly equal length, in the order of slices and hosts.</summary>
    [Parameter]
    public SwitchParameter Distribute { get; set; }

    // A pipeline carries pools, or input where pools are an argument.
    private bool InputIsPiped => MyInvocation.ExpectingInput && _poolIsNamed && !_inputIsNamed;

    /// <summary>The script; null when it is a command, whose script depends on whether there is input.</summary>
    private ScriptText? ReadScript() => this switch
    {
        { ScriptBlock: not null } => ScriptText.Of(ScriptBlock),
        { FilePath.Length: > 0 } => ScriptFile.Read(SessionState.Path, FilePath),
        _ => null,
    };

    /// <summary>Sees which of pools and input are arguments, and takes those.</summary>
    private void ReadNamed()
    {
        _poolIsNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Pool));
        _inputIsNamed = MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));
        if (Distribute && !_inputIsNamed && !InputIsPiped)
        {
            throw new SlicePoolException(
                "NothingToDistribute",
                PoolErrorCategory.InvalidArgument,
                "There is no input to distribute.",
                "Pipe it to the command, with the pool in -Pool, or give it with -InputObject.");
        }

        _pools.AddRange(_poolIsNamed ? Pool : []);
        if (_inputIsNamed)
        {
            // A list is its items.
            _input.AddRange(LanguagePrimitives.GetEnumerable(InputObject)?.Cast<object?>() ?? [InputObject]);
        }
    }
}
