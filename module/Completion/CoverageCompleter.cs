using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Eformer.Pool.Module.Completion;

/// <summary>Completes what may be required of a run.</summary>
public sealed class CoverageCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Words.StartingWith(wordToComplete, ["All", "Slice", "50%", "90%"]);
}
