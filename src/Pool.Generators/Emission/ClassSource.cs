using Eformer.Pool.Generators.Model;

namespace Eformer.Pool.Generators.Emission;

/// <summary>Writes what is made for a class: the requests of its functions, and the front ends.</summary>
internal static class ClassSource
{
    /// <summary>The file.</summary>
    public static string Write(ClassUnit unit, AssemblyModel assembly)
    {
        CodeWriter code = Snippets.Begin();
        if (unit.Class.Namespace.Length == 0)
        {
            WriteType(code, unit, assembly, 0);
        }
        else
        {
            code.Block("namespace " + unit.Class.Namespace, () => WriteType(code, unit, assembly, 0));
        }

        return code.ToString();
    }

    private static void WriteType(CodeWriter code, ClassUnit unit, AssemblyModel assembly, int depth)
    {
        TypeDeclaration type = unit.Class.Declarations[depth];
        code.Block($"partial {type.Keyword} {type.Name}", () =>
        {
            if (depth + 1 < unit.Class.Declarations.Count)
            {
                WriteType(code, unit, assembly, depth + 1);
                return;
            }

            ProxySource.Write(code, unit);
            foreach (FunctionUnit function in unit.Functions)
            {
                code.Line();
                RequestSource.Write(code, function, assembly);
            }
        });
    }
}
