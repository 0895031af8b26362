using Eformer.Pool.Functions;

namespace Eformer.Pool.Tests.Functions;

public sealed class ContractDifferenceTests
{
    private const string Contract = "argument options: Acme.Options\nargument times: int optional\nresult: list<double>\nmember Acme.Options.Steps: int\nenum Acme.Color.Red: 1";

    [Theory]
    [InlineData(Contract)]
    [InlineData("\n" + Contract + "\n\n")]
    [InlineData("argument options: Acme.Options\nresult: list<double>\nmember Acme.Options.Steps: int\nenum Acme.Color.Red: 1")]
    [InlineData(Contract + "\nmember Acme.Options.More: string optional")]
    [InlineData("argument times: int\nargument options: Acme.Options optional\nresult: list<double>\nmember Acme.Options.Steps: int\nenum Acme.Color.Red: 1")]
    public void Order_and_optional_things_do_not_matter(string host)
    {
        Assert.Empty(ContractDifference.Of(Contract, host));
        Assert.Empty(ContractDifference.Of(host, Contract));
    }

    [Fact]
    public void Each_thing_that_differs_is_named_with_both_sides()
    {
        string host = "argument options: Acme.Options\nresult: list<float>\nmember Acme.Options.Steps: int\nmember Acme.Options.Name: string\nargument times: long optional";
        Assert.Equal(
            [
                "argument times is int in the driver and long on the host",
                "result is list<double> in the driver and list<float> on the host",
                "enum Acme.Color.Red is 1 in the driver and missing on the host",
                "member Acme.Options.Name is string on the host and missing in the driver",
            ],
            ContractDifference.Of(Contract, host));
    }

    [Theory]
    [InlineData("", 4)]
    [InlineData("nonsense", 5)]
    [InlineData(Contract + "\nresult: int", 0)]
    public void What_is_no_contract_is_compared_all_the_same(string host, int differences) =>
        Assert.Equal(differences, ContractDifference.Of(Contract, host).Count);
}
