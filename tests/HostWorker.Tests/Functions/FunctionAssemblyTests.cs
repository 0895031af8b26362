using Acme.Functions;
using Eformer.Pool.Functions;
using Eformer.Pool.HostWorker.Functions;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Functions;

public sealed class FunctionAssemblyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{}", "missing")]
    [InlineData("[1]", "no object")]
    [InlineData("", "cannot be read")]
    [InlineData("{\"value\":1", "cannot be read")]
    [InlineData("{\"value\":1} {}", "Acme.Twice")]
    [InlineData("{\"value\":\"one\"}", "'value'")]
    [InlineData("{\"value\":1.5}", "'value'")]
    [InlineData("{\"value\":null}", "'value'")]
    [InlineData("{\"value\":1e400}", "'value'")]
    [InlineData("{\"value\":NaN}", "'value'")]
    [InlineData("{\"value\":1,\"value\":2}", "'value'")]
    [InlineData("{\"value\":1,\"v\\u0061lue\":1}", "'value'")]
    [InlineData("{\"more\":1,\"value\":1,\"more\":{}}", "'more'")]
    [InlineData("{\"\\ud800\":1,\"value\":1}", "cannot be read")]
    public void Arguments_of_the_wrong_shape_are_refused_and_named(string json, string named)
    {
        SlicePoolException error = Refused(Calls.With(Remote.Twice.Contract, json));
        Assert.Equal("ArgumentsUnreadable", error.ErrorId);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"Name\":\"a\"}", "Steps")]
    [InlineData("{\"Name\":\"a\",\"Steps\":1,\"Steps\":2}", "Steps")]
    [InlineData("{\"Name\":null,\"Steps\":1}", "Name")]
    [InlineData("{\"Name\":\"a\",\"Steps\":1,\"Day\":\"Someday\"}", "Day")]
    [InlineData("7", "'value'")]
    public void Members_of_the_wrong_shape_are_refused_and_named(string value, string named)
    {
        SlicePoolException error = Refused(Calls.With(Remote.Describe.Contract, $"{{\"value\":{value}}}"));
        Assert.Equal("ArgumentsUnreadable", error.ErrorId);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_argument_that_its_own_type_refuses_is_named()
    {
        SlicePoolException error = Refused(Calls.With(Remote.Owe.Contract, "{\"value\":{\"Of\":-1}}"));
        Assert.Equal("ArgumentsUnreadable", error.ErrorId);
        Assert.Contains("'value'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_that_are_too_deep_are_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"Name\":\"a\",\"Steps\":1,\"Inner\":", 100)) + "null" + new string('}', 100);
        Assert.Equal("ArgumentsUnreadable", Refused(Calls.With(Remote.Describe.Contract, $"{{\"value\":{deep}}}")).ErrorId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(255)]
    public void Arguments_in_a_newer_form_are_refused_with_its_number(byte form)
    {
        SlicePoolException error = Refused(Calls.With(Remote.Twice.Contract, "{\"value\":1}", form));
        Assert.Equal("ArgumentsUnreadable", error.ErrorId);
        Assert.Contains($"form {form}", error.Message, StringComparison.Ordinal);
        Assert.Equal("ArgumentsUnreadable", Refused(Calls.With(Remote.Twice.Contract, "") with { Arguments = default }).ErrorId);
    }

    [Fact]
    public void What_a_newer_driver_knows_more_is_passed_over()
    {
        using FunctionAssembly assembly = FunctionAssembly.Load(Builds.Current);
        Assert.NotNull(assembly.Prepare(Calls.With(Remote.Twice.Contract, "{\"more\":{\"a\":[1,2]},\"value\":1,\"last\":null}")));
    }

    [Fact]
    public void A_function_that_is_not_there_is_named()
    {
        SlicePoolException error = Refused(Calls.With(new RemoteContract("Acme.Gone", ""), "{}"));
        Assert.Equal("FunctionNotFound", error.ErrorId);
        Assert.Contains("Acme.Gone", error.Message, StringComparison.Ordinal);
        Assert.Contains("Acme.Functions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_another_version_the_member_that_differs_is_named_and_optional_ones_are_tolerated()
    {
        using FunctionAssembly next = FunctionAssembly.Load(Builds.Next);
        RemoteRequest<Options> describe = Remote.Describe.With(new Options("a") { Steps = 1 });
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => next.Prepare(Calls.Of(describe)));
        Assert.Equal("ContractMismatch", error.ErrorId);
        Assert.Contains("member Acme.Options.Steps is int in the driver and long on the host", error.Message, StringComparison.Ordinal);
        Assert.NotNull(next.Prepare(Calls.Of(Remote.Twice.With(1))));

        // Without a contract to compare there is nothing to tolerate.
        Assert.Equal("ContractMismatch", Assert.Throws<SlicePoolException>(() => next.Prepare(Calls.Of(Remote.Twice.With(1)) with { Contract = null })).ErrorId);
        Assert.Equal("ContractMismatch", Assert.Throws<SlicePoolException>(() => next.Prepare(Calls.Of(Remote.Twice.With(1)) with { ContractHash = "", Contract = "twice: a\ntwice: a" })).ErrorId);
    }

    [Fact]
    public void A_file_that_cannot_be_used_is_named_with_the_reason()
    {
        string missing = _folder.File("Missing.dll");
        string text = _folder.File("Text.dll");
        File.WriteAllText(text, "this is no assembly");
        string cut = _folder.File("Cut.dll");
        File.WriteAllBytes(cut, File.ReadAllBytes(Builds.Current)[..2000]);
        string plain = _folder.File("Acme.Private.dll");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Acme.Private.dll"), plain);
        foreach (string path in (string[])[missing, text, cut, plain])
        {
            SlicePoolException error = Assert.Throws<SlicePoolException>(() => FunctionAssembly.Load(path));
            Assert.Equal("AssemblyNotLoadable", error.ErrorId);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
    }

    private static SlicePoolException Refused(RunnerCall call)
    {
        using FunctionAssembly assembly = FunctionAssembly.Load(Builds.Current);
        return Assert.Throws<SlicePoolException>(() => assembly.Prepare(call));
    }
}
