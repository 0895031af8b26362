using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Eformer.Pool.Generators.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eformer.Pool.Generators.Tests;

/// <summary>What is kept between runs keeps no compilation alive, and is equal when it means the same.</summary>
public sealed class ModelTests
{
    [Fact]
    public void Nothing_of_a_compilation_can_be_reached_from_any_step()
    {
        CSharpCompilation compilation = Compilations.Of(Sample.Functions, Compilations.PowerShell);
        GeneratorRunResult result = Steps.Run(compilation);
        object[] kept =
        [
            .. result.TrackedSteps.Where(static step => step.Key is RemoteFunctionGenerator.FunctionsStep or RemoteFunctionGenerator.AssemblyStep
                    or RemoteFunctionGenerator.SetStep or RemoteFunctionGenerator.ClassesStep or RemoteFunctionGenerator.TableStep or RemoteFunctionGenerator.CmdletsStep)
                .SelectMany(static step => step.Value).SelectMany(static step => step.Outputs).Select(static output => output.Value),
        ];
        Assert.Equal(3 + 1 + 1 + 2 + 1 + 1, kept.Length);
        Assert.Empty(Reach(kept).Where(IsOfCompilation).Select(static item => item.GetType().Name));
    }

    [Fact]
    public void The_walk_finds_what_it_looks_for()
    {
        CSharpCompilation compilation = Compilations.Of(Sample.Functions);
        ArrayList nodes = [compilation.SyntaxTrees[0].GetRoot(TestContext.Current.CancellationToken)];
        Holder holder = new((compilation.GlobalNamespace.GetNamespaceMembers().First(), nodes));
        Assert.Equal(2, Reach([holder], static item => !IsOfCompilation(item)).Count(IsOfCompilation));
    }

    [Fact]
    public void Equal_functions_of_different_compilations_are_equal()
    {
        object First() => Steps.Run(Compilations.Of(Sample.Functions)).TrackedSteps[RemoteFunctionGenerator.SetStep].Single().Outputs.Single().Value;
        Assert.Equal(First(), First());
        Assert.Equal(First().GetHashCode(), First().GetHashCode());
    }

    [Fact]
    public void A_compilation_dies_when_another_came()
    {
        CSharpCompilation second = Compilations.Of(Sample.Functions, "internal class Second;");
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new RemoteFunctionGenerator().AsSourceGenerator()], parseOptions: Compilations.ParseOptions);
        WeakReference first = RunOnFirst(ref driver);
        Run(ref driver, second);
        for (int i = 0; first.IsAlive && i < 10; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(first.IsAlive, "The first compilation is still alive.");
        GC.KeepAlive(driver);
    }

    // In methods of their own: what a method's unoptimized code once held, it holds to its end.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunOnFirst(ref GeneratorDriver driver)
    {
        CSharpCompilation first = Compilations.Of(Sample.Functions, "internal class First;");
        Run(ref driver, first);
        return new WeakReference(first);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run(ref GeneratorDriver driver, CSharpCompilation compilation) => driver = driver.RunGenerators(compilation);

    private static bool IsOfCompilation(object item) =>
        item is ISymbol or SyntaxNode or SyntaxTree or SyntaxToken or Location or Compilation or SemanticModel or AttributeData;

    private static HashSet<object> Reach(IEnumerable<object> roots, Func<object, bool>? goesOn = null)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<object> open = new(roots);
        while (open.TryPop(out object? item))
        {
            if (item is string or Type or Pointer || item.GetType().IsPrimitive || !seen.Add(item) || goesOn?.Invoke(item) == false)
            {
                continue;
            }

            foreach (object next in Inside(item))
            {
                open.Push(next);
            }
        }

        return seen;
    }

    private static IEnumerable<object> Inside(object item)
    {
        IEnumerable<object?> items = item is Array array ? array.Cast<object?>() : [];
        for (Type? type = item.GetType(); type is not null; type = type.BaseType)
        {
            items = items.Concat(type
                .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(static field => !field.FieldType.IsPointer && !field.FieldType.IsByRefLike)
                .Select(field => field.GetValue(item)));
        }

        return items.OfType<object>();
    }

    private sealed record Holder((ISymbol Symbol, IList Nodes) Value);
}
