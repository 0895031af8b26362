using System.Text;

namespace Eformer.Pool.Generators.Emission;

/// <summary>Writes code, line by line. Lines end in a line feed everywhere, so that the same functions give the same text.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private string _indent = "";

    /// <summary>Writes a line.</summary>
    public CodeWriter Line(string line = "")
    {
        _text.Append(line.Length == 0 ? "" : _indent).Append(line).Append('\n');
        return this;
    }

    /// <summary>Writes what is in braces.</summary>
    /// <param name="head">What stands before them; empty for nothing.</param>
    /// <param name="content">Writes what is in them.</param>
    public CodeWriter Block(string head, Action content)
    {
        if (head.Length > 0)
        {
            Line(head);
        }

        Line("{");
        Indented(content);
        return Line("}");
    }

    /// <summary>Writes what stands further to the right.</summary>
    public CodeWriter Indented(Action content)
    {
        string before = _indent;
        _indent += "    ";
        content();
        _indent = before;
        return this;
    }

    /// <summary>What was written.</summary>
    public override string ToString() => _text.ToString();
}
