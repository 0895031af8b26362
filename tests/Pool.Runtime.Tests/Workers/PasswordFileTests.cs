using Eformer.Pool.Store;
using Eformer.Pool.Workers;

namespace Eformer.Pool.Tests.Workers;

/// <summary>A worker's command line, which everybody on the machine may read.</summary>
public sealed class PasswordFileTests
{
    [Theory]
    [InlineData("localhost:1,user=ann,password=s3cret,ssl=true", "localhost:1,user=ann,ssl=true", "s3cret")]
    [InlineData("redis://ann:s3cret@localhost:1/2", "redis://ann:@localhost:1/2", "s3cret")]
    [InlineData("rediss://a%40b:s3%2Ccr%40t@localhost", "rediss://a%40b:@localhost", "s3,cr@t")]
    [InlineData("redis://:s3,cret@localhost", "redis://localhost", "s3,cret")]
    [InlineData("redis://s3cret@localhost:1/", "redis://localhost:1", "s3cret")]
    public void A_password_is_handed_over_in_a_file_and_nowhere_else(string connection, string shown, string password)
    {
        using PasswordFile file = PasswordFile.Write(new StoreOptions { Connection = connection });
        Assert.Equal(shown, file.Connection);
        Assert.Equal(password, File.ReadAllText(Assert.IsType<string>(file.Path)));
    }

    [Theory]
    [InlineData("localhost:1,serviceName=a,password=s3cret,sentinelPassword=gu4rd", "localhost:1,serviceName=a", "s3cret", "gu4rd")]
    [InlineData("localhost:1,serviceName=a,sentinelUser=ann,sentinelpassword=gu4rd", "localhost:1,serviceName=a,sentinelUser=ann", null, "gu4rd")]
    [InlineData("localhost:1,serviceName=a,password=s3cret", "localhost:1,serviceName=a", "s3cret", null)]
    public void That_of_the_sentinels_goes_with_it(string connection, string shown, string? password, string? sentinels)
    {
        using PasswordFile file = PasswordFile.Write(new StoreOptions { Connection = connection });
        Assert.Equal(shown, file.Connection);
        StoreOptions read = new StoreOptions { Connection = shown }.WithPasswordsOf(file.Path!);
        Assert.Equal((password, sentinels), (read.Password, read.SentinelPassword));
    }

    [Theory]
    [InlineData("localhost:1")]
    [InlineData("redis://localhost:1/2")]
    public void Without_a_password_there_is_no_file(string connection)
    {
        using PasswordFile file = PasswordFile.Write(new StoreOptions { Connection = connection });
        Assert.Equal((connection, null), (file.Connection, file.Path));
    }

    [Fact]
    public void A_password_given_by_itself_is_handed_over_beside_a_uri()
    {
        using PasswordFile file = PasswordFile.Write(new StoreOptions { Connection = "redis://ann:@localhost", Password = "s3cret" });
        Assert.Equal(("redis://ann:@localhost", "s3cret"), (file.Connection, File.ReadAllText(file.Path!)));
    }
}
