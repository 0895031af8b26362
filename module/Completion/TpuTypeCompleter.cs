using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Eformer.Pool.Module.Completion;

/// <summary>Completes types of TPU slices.</summary>
public sealed class TpuTypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Words.StartingWith(wordToComplete, TpuType.All.Select(type => type.Name));
}
