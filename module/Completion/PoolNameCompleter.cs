using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Eformer.Pool.Module.Completion;

/// <summary>Completes names of pools that this process owns.</summary>
public sealed class PoolNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Words.StartingWith(wordToComplete, SlicePoolDirectory.Owned.Select(pool => pool.Name));
}
