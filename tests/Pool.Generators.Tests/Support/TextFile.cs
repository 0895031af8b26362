using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Eformer.Pool.Generators.Tests.Support;

/// <summary>A file that a project gives its analysers.</summary>
internal sealed class TextFile(string path, string text) : AdditionalText
{
    /// <inheritdoc/>
    public override string Path => path;

    /// <inheritdoc/>
    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
