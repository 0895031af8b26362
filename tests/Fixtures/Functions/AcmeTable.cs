using Eformer.Pool.Functions;

[assembly: RemoteFunctionTable(typeof(Acme.Functions.AcmeTable))]
[assembly: RemoteContracts("""
    # What the generator writes has the lines of each contract too.

    function Acme.Where
    function Acme.Twice
    function Acme.Next
    function Acme.Count
    function Acme.Report
    function Acme.Fail
    function Acme.Wait
    function Acme.EndProcess
    function Acme.Shout
    function Acme.Describe
    function Acme.Text
    function Acme.Number
    function Acme.Version
    function Acme.Nothing
    function Acme.Owe
    function Acme.Sulk
    """)]

namespace Acme.Functions;

/// <summary>The functions of this assembly, by name.</summary>
internal sealed class AcmeTable : RemoteFunctionTable
{
    private static readonly Dictionary<string, Function> s_functions = new Function[]
    {
        Remote.Where, Remote.Twice, Remote.Next, Remote.Count, Remote.Report, Remote.Fail, Remote.Wait, Remote.EndProcess, Remote.Shout,
        Remote.Describe, Remote.Text, Remote.Number, Remote.Version, Remote.Nothing, Remote.Owe, Remote.Sulk,
    }.ToDictionary(function => function.Contract.Name);

    public override RemoteContract? Find(string function) => s_functions.GetValueOrDefault(function)?.Contract;

    public override RemoteRequest Read(string function, ref ArgumentReader arguments) => s_functions[function].Read(ref arguments);
}
