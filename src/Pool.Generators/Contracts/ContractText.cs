using System.Text;
using Eformer.Pool.Generators.Model;

namespace Eformer.Pool.Generators.Contracts;

/// <summary>Writes what <c>PoolContracts.txt</c> should hold.</summary>
internal static class ContractText
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "PoolContracts.txt";

    /// <summary>Begins the line of a function.</summary>
    public const string Function = "function ";

    /// <summary>Begins a line for people.</summary>
    public const string Comment = "#";

    private const string Header =
        "# What drivers and hosts of this project's remote functions must agree on. A change here is a change of the contract:\n"
        + "# whoever runs an older build than another will notice.\n";

    /// <summary>The text: functions by name, each with the lines of its contract.</summary>
    public static string Of(IEnumerable<FunctionModel> functions)
    {
        StringBuilder text = new(Header);
        foreach (FunctionModel function in functions.OrderBy(static function => function.Name, StringComparer.Ordinal))
        {
            text.Append('\n').Append(Function).Append(function.Name).Append('\n');
            foreach (string line in function.Schema.Split('\n'))
            {
                text.Append("  ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }
}
