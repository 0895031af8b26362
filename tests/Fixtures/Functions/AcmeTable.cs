using Eformer.Pool.Functions;

[assembly: RemoteFunctionTable(typeof(Acme.Functions.AcmeTable))]

namespace Acme.Functions;

/// <summary>The functions of this assembly, by name.</summary>
internal sealed class AcmeTable : RemoteFunctionTable
{
    private static readonly Dictionary<string, Function> s_functions = new Function[]
    {
        Remote.Where, Remote.Twice, Remote.Next, Remote.Count, Remote.Report, Remote.Fail, Remote.Wait, Remote.EndProcess, Remote.Shout,
        Remote.Describe, Remote.Text, Remote.Number, Remote.Version, Remote.Nothing, Remote.Sulk,
    }.ToDictionary(function => function.Contract.Name);

    public override RemoteContract? Find(string function) => s_functions.GetValueOrDefault(function)?.Contract;

    public override RemoteRequest Read(string function, ref ArgumentReader arguments) => s_functions[function].Read(ref arguments);
}
