using System.Text;
using Acme.Functions;
using Eformer.Pool.Functions;

namespace Eformer.Pool.Tests.Functions;

public sealed class ArgumentReaderTests
{
    private static readonly RemoteJson s_json = new(null);
    private static readonly RemoteContract s_contract = new("f", "", s_json);

    [Fact]
    public void Arguments_are_found_by_name_in_any_order_and_others_are_passed_over()
    {
        (string? name, int count) = Read("{\"more\":[{\"a\":1},2],\"count\":7,\"none\":null,\"name\":\"x\"}");
        Assert.Equal(("x", 7), (name, count));
        Assert.Equal((null, 0), Read("{\"name\":null}"));
        Assert.Equal((null, 0), Read(" { } "));
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("null", "no object")]
    [InlineData("[]", "no object")]
    [InlineData("{", "cannot be read")]
    [InlineData("{\"count\":}", "'count'")]
    [InlineData("{\"count\":\"7\"}", "'count'")]
    [InlineData("{\"count\":null}", "'count'")]
    [InlineData("{\"count\":99999999999}", "'count'")]
    [InlineData("{\"name\":{}}", "'name'")]
    [InlineData("{\"other\":[1,}", "cannot be read")]
    [InlineData("{\"name\":\"x\"", "cannot be read")]
    [InlineData("{\"name\":\"x\"}x", "cannot be read")]
    [InlineData("{}{}", "f")]
    [InlineData("{\"name\":\"\\ud800\"}", "'name'")]
    [InlineData("{\"\\ud800\":1}", "cannot be read")]
    [InlineData("{\"name\":\"x\",\"name\":\"x\"}", "'name'")]
    [InlineData("{\"name\":\"x\",\"count\":1,\"n\\u0061me\":null}", "'name'")]
    [InlineData("{\"other\":1,\"count\":1,\"other\":2}", "'other'")]
    public void What_is_no_such_object_is_refused_and_named(string json, string named)
    {
        RemoteArgumentException error = Assert.Throws<RemoteArgumentException>(() => Read(json));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("'f'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_argument_that_must_be_there_is_named()
    {
        ArgumentReader reader = new(s_contract, "{}"u8);
        Assert.Equal("The argument 'a' of 'f' is missing.", reader.Missing("a").Message);
        Assert.Contains("is null", Assert.Throws<RemoteArgumentException>(() => Required("{\"name\":null}")).Message, StringComparison.Ordinal);
        Assert.Equal("x", Required("{\"name\":\"x\"}"));
    }

    [Theory]
    [InlineData(typeof(ArgumentException))]
    [InlineData(typeof(FormatException))]
    [InlineData(typeof(OverflowException))]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(NullReferenceException))]
    [InlineData(typeof(SulkyException))]
    public void An_argument_that_its_own_type_refuses_is_named(Type thrown)
    {
        RemoteArgumentException error = Assert.Throws<RemoteArgumentException>(() => ReadPicky(thrown));
        Assert.StartsWith("The argument 'a' of 'f' cannot be read: ", error.Message, StringComparison.Ordinal);
        Assert.IsType(thrown, error.InnerException);
    }

    [Theory]
    [InlineData(typeof(FileNotFoundException))]
    [InlineData(typeof(BadImageFormatException))]
    [InlineData(typeof(MissingMethodException))]
    [InlineData(typeof(TypeLoadException))]
    public void That_code_is_not_there_is_no_matter_of_arguments(Type thrown) => Assert.Throws(thrown, () => ReadPicky(thrown));

    [Theory]
    [InlineData("{\"name\":\"x\",\"flag\":true,\"count\":7}", "x", true, 7)]
    [InlineData("{\"count\":7,\"flag\":true,\"name\":\"x\"}", "x", true, 7)]
    [InlineData("{\"more\":{\"name\":[1]}, \"flag\" : true ,\"n\\u0061me\":\"\\u0078\",\"last\":[]}", "x", true, 1)]
    [InlineData("{\"count\":7,\"name\":null,\"flag\":false,\"more\":{}}", null, false, 7)]
    [InlineData("{\"flag\":true,\"name\":\"x\"}", "x", true, 1)]
    public void Arguments_are_taken_by_name_whatever_their_order(string json, string? name, bool flag, int count) =>
        Assert.Equal((name, flag, count), Take(json));

    [Theory]
    [InlineData("{}", "'name' of 'f' is missing")]
    [InlineData("{\"name\":\"x\"}", "'flag' of 'f' is missing")]
    [InlineData("{\"name\":\"x\",\"flag\":null}", "'flag'")]
    [InlineData("{\"count\":null,\"name\":\"x\",\"flag\":true}", "'count'")]
    [InlineData("{\"count\":\"7\",\"name\":\"x\",\"flag\":true}", "'count'")]
    [InlineData("{\"name\":\"x\",\"flag\":true,\"more\":[1,}", "cannot be read")]
    [InlineData("{\"name\":\"x\",\"flag\":true,\"flag\":true}", "'flag' of 'f' is there twice")]
    [InlineData("{\"name\":\"x\",\"flag\":true}x", "cannot be read")]
    [InlineData("{\"name\":\"x\",\"flag\":true", "cannot be read")]
    public void What_cannot_be_taken_is_named(string json, string named) =>
        Assert.Contains(named, Assert.Throws<RemoteArgumentException>(() => Take(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_contract_without_its_assembly_takes_nothing()
    {
        static void TakeAny()
        {
            ArgumentReader reader = new(new RemoteContract("f", ""), "{\"a\":1}"u8);
            reader.Take<int>("a");
        }

        Assert.Throws<InvalidOperationException>(TakeAny);
    }

    private static (string? Name, bool Flag, int Count) Take(string json)
    {
        ArgumentReader reader = new(s_contract, Encoding.UTF8.GetBytes(json));
        (string?, bool, int) taken = (reader.TakeNullable<string>("name"), reader.Take<bool>("flag"), reader.TakeOr("count", 1));
        reader.End();
        return taken;
    }

    private static void ReadPicky(Type thrown)
    {
        ArgumentReader reader = new(s_contract, Encoding.UTF8.GetBytes($"{{\"a\":{Picky.Json(thrown)}}}"));
        Assert.True(reader.Next());
        reader.Read<Picky>(s_json);
    }

    private static string Required(string json)
    {
        ArgumentReader reader = new(s_contract, Encoding.UTF8.GetBytes(json));
        Assert.True(reader.Next());
        return reader.ReadRequired<string>(s_json);
    }

    private static (string? Name, int Count) Read(string json)
    {
        ArgumentReader reader = new(s_contract, Encoding.UTF8.GetBytes(json));
        string? name = null;
        int count = 0;
        while (reader.Next())
        {
            if (reader.Is("name"u8))
            {
                name = reader.Read<string>(s_json);
            }
            else if (reader.Is("count"u8))
            {
                count = reader.Read<int>(s_json);
            }
            else
            {
                reader.Skip();
            }
        }

        reader.End();
        return (name, count);
    }
}
