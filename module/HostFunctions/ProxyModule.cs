using System.Management.Automation;
using Eformer.Pool.Module.Commands;

namespace Eformer.Pool.Module.HostFunctions;

/// <summary>Makes a module of proxies in the caller's session. Removing the module removes them.</summary>
internal static class ProxyModule
{
    // Made within a module of its own, so that only the import below decides what comes into the session, and how it is named.
    private const string Import = """
        param($Name, $Functions, $Prefix)
        $apart = [System.Management.Automation.PSModuleInfo]::new({})
        $module = & $apart {
            param($Name, $Functions)
            Microsoft.PowerShell.Core\New-Module -Name $Name -ScriptBlock $Functions
        } $Name $Functions
        $prefixed = if ($Prefix) { @{ Prefix = $Prefix } } else { @{} }
        Microsoft.PowerShell.Core\Import-Module -ModuleInfo $module -DisableNameChecking -Force -PassThru @prefixed
        """;

    private const string Call = """
        param($Name, $Bound, $Items, $HasInput, $Own, $More, $IsSimple)
        $options = @{ Pool = $script:Pool }
        foreach ($option in $Own + 'Verbose', 'Debug', 'ErrorAction', 'WarningAction', 'InformationAction', 'ProgressAction') {
            if ($Bound.ContainsKey($option)) { $options[$option] = $Bound[$option]; $Bound.Remove($option) }
        }

        foreach ($option in 'ErrorVariable', 'WarningVariable', 'InformationVariable', 'OutVariable', 'OutBuffer', 'PipelineVariable') { $Bound.Remove($option) }
        foreach ($switch in @($Bound.Keys)) { if ($Bound[$switch] -is [switch]) { $Bound[$switch] = $Bound[$switch].IsPresent } }
        # What is written only when asked for is asked for there, too.
        foreach ($option in 'Verbose', 'Debug') {
            if ($options.ContainsKey($option) -and -not $IsSimple) { $Bound[$option] = [bool]$options[$option] }
        }
        if ($script:Modules) { $options.Module = $script:Modules }
        if ($Items.Count) { $options.InputObject = $Items.ToArray() }
        & $script:Invoke @options -ArgumentList $Name, $Bound, ([bool]$HasInput), @($More) -ScriptBlock {
            param($Name, $Bound, $HasInput, $More)
            if ($HasInput) { $input | & $Name @Bound @More } else { & $Name @Bound @More }
        }
        """;

    /// <summary>Makes the module and imports it.</summary>
    /// <param name="session">The caller's session.</param>
    /// <param name="functions">The proxies.</param>
    /// <param name="pool">Where they run.</param>
    /// <param name="modules">Modules that go along; null for none.</param>
    /// <param name="prefix">What goes before their nouns; null for nothing.</param>
    public static PSModuleInfo Make(SessionState session, IEnumerable<HostFunction> functions, SlicePool pool, string[]? modules, string? prefix)
    {
        ScriptBlock text = ScriptBlock.Create(string.Join('\n', functions.Select(Text)));
        PSObject made = session.InvokeCommand.InvokeScript(session, ScriptBlock.Create(Import), $"SlicePool-{pool.Name}", text, prefix)[0];
        PSModuleInfo module = (PSModuleInfo)made.BaseObject;
        module.PrivateData = pool;
        PSVariableIntrinsics variables = module.SessionState.PSVariable;
        variables.Set("Pool", pool);
        variables.Set("Modules", modules);
        variables.Set("Invoke", new CmdletInfo("Invoke-OnEachHost", typeof(InvokeOnEachHostCommand)));
        variables.Set("Call", module.NewBoundScriptBlock(ScriptBlock.Create(Call)));
        return module;
    }

    /// <summary>Whether a command is a proxy of ours, which may be made anew.</summary>
    public static bool Made(CommandInfo command) =>
        command is FunctionInfo { Module.PrivateData: { } data } && (data is PSObject wrapped ? wrapped.BaseObject : data) is SlicePool;

    private static string Text(HostFunction function)
    {
        string text = ProxyText.Of(function);
        return ProxyCheck.IsHarmless(text, function.Name) ? text : throw HostAnswer.Invalid(function.Name, "no function can be made of it");
    }
}
