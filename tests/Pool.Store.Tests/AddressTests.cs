using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class AddressTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("password=secret")]
    [InlineData("localhost:0")]
    [InlineData("localhost:70000")]
    [InlineData("localhost:99999999999")]
    [InlineData("localhost:-1")]
    [InlineData("localhost:")]
    [InlineData("local host")]
    [InlineData("[::1")]
    [InlineData("[fe80::1%eth0]:6379")]
    [InlineData("[zz::1]:1")]
    [InlineData("redis://")]
    [InlineData("redis://user:secret@")]
    [InlineData("http://user:secret@localhost")]
    [InlineData("redis+tls://user:secret@localhost")]
    [InlineData("redis://user:secret@localhost:0")]
    [InlineData("redis://user:secret@localhost/16")]
    [InlineData("redis://user:secret@localhost/-1")]
    [InlineData("redis://user:secret@localhost/zero")]
    [InlineData("redis://user:secret@localhost/0/1")]
    [InlineData("redis://user:secret@localhost?db=1")]
    [InlineData("redis://user:secret@localhost#0")]
    [InlineData("redis://user:secret@localhost,ssl=true")]
    [InlineData("redis://user:secret@localhost,redis://user:secret@localhost")]
    [InlineData("redis://user:1/secret@localhost")]
    [InlineData("redis://user:99999/secret@localhost")]
    [InlineData("redis://user:1?secret@localhost")]
    [InlineData("redis://user:1#secret@localhost")]
    [InlineData("redis://user:1%secret@localhost")]
    [InlineData("redis://user:1secret%2@localhost")]
    [InlineData("user:secret@localhost")]
    [InlineData("localhost,password=half,secret")]
    [InlineData("localhost,password=half,sec=secret")]
    [InlineData("localhost,password=secret,password=secret")]
    [InlineData("localhost,allowAdmin=true")]
    [InlineData("localhost,abortConnect=false")]
    [InlineData("localhost,ssl=perhaps")]
    [InlineData("localhost,defaultDatabase=-1")]
    [InlineData("localhost,defaultDatabase=16")]
    [InlineData("localhost,serviceName=")]
    [InlineData("localhost,sentinelPassword=secret")]
    [InlineData("localhost,sentinelUser=secret")]
    [InlineData("localhost,serviceName=a,sentinelPassword=secret,sentinelPassword=secret")]
    public void What_cannot_be_understood_is_refused_without_repeating_it(string connection)
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => Parse(connection));
        Assert.Equal(("InvalidStore", PoolErrorCategory.InvalidArgument), (error.ErrorId, error.Category));
        Assert.NotNull(error.RecommendedAction);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    // The number is not repeated: it is all of a password where the host was forgotten.
    [Theory]
    [InlineData("localhost:0")]
    [InlineData("localhost:12345678")]
    [InlineData("localhost:12345678901234567890")]
    [InlineData("localhost,localhost:12345678,password=secret")]
    [InlineData("redis://ann:12345678")]
    [InlineData("redis://ann:secret@localhost:12345678")]
    [InlineData("redis://ann:secret@[::1]:12345678901234567890/0")]
    public void A_port_that_cannot_be_is_told_in_a_few_words(string connection) => Assert.Equal(
        "The store's connection string is not valid: a port must be between 1 and 65535.",
        Assert.Throws<SlicePoolException>(() => Parse(connection)).Message);

    [Fact]
    public void Thousands_of_endpoints_and_endless_text_are_refused()
    {
        Assert.Equal("InvalidStore", Assert.Throws<SlicePoolException>(() => Parse(string.Join(',', Enumerable.Repeat("h", 65)))).ErrorId);
        Assert.Equal("InvalidStore", Assert.Throws<SlicePoolException>(() => Parse(new string('h', 10_000))).ErrorId);
    }

    [Fact]
    public void A_refused_option_is_named() =>
        Assert.Contains("'allowAdmin'", Assert.Throws<SlicePoolException>(() => Parse("localhost,allowAdmin=true")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_password_in_two_places_is_refused() =>
        Assert.Equal("InvalidStore", Assert.Throws<SlicePoolException>(
            () => StoreAddressParser.Parse(new() { Connection = "localhost,password=a", Password = "b" })).ErrorId);

    [Theory]
    [InlineData("localhost", "localhost:6379", true)]
    [InlineData("LOCALHOST:1234", "LOCALHOST:1234", true)]
    [InlineData("127.0.0.1:1", "127.0.0.1:1", true)]
    [InlineData("127.9.9.9", "127.9.9.9:6379", true)]
    [InlineData("[::1]:65535", "[::1]:65535", true)]
    [InlineData("redis.example.com:6379", "redis.example.com:6379", false)]
    [InlineData("10.0.0.1", "10.0.0.1:6379", false)]
    [InlineData("localhost,10.0.0.1", "localhost:6379,10.0.0.1:6379", false)]
    public void Endpoints_are_read_and_only_loopback_may_go_without_tls(string connection, string display, bool loopback)
    {
        Assert.Equal((display, loopback), (Parse(connection, insecure: true).Display, Parse(connection, insecure: true).IsLoopback));
        if (!loopback)
        {
            SlicePoolException error = Assert.Throws<SlicePoolException>(() => Parse(connection + ",password=secret"));
            Assert.Equal(("InsecureTransport", PoolErrorCategory.SecurityError), (error.ErrorId, error.Category));
            Assert.Contains(display, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
            Assert.True(Parse(connection + ",ssl=true").Ssl);
        }
    }

    [Fact]
    public void Every_known_option_is_read()
    {
        StoreAddress address = Parse(
            "db.example.com, user = ann ,password=p=q, ssl=TRUE,sslHost=other.example.com,checkCertificateRevocation=true,defaultDatabase=3,serviceName=main");
        Assert.Equal(
            ("db.example.com:26379", "ann", "p=q", true, "other.example.com", true, 3, "main"),
            (address.Display, address.User, address.Password, address.Ssl, address.SslHost, address.CheckRevocation, address.Database, address.ServiceName));
        Assert.Equal("db.example.com:6380", Parse("db.example.com,ssl=true").Display);
        Assert.DoesNotContain("p=q", address.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis://localhost", "localhost:6379", false, null, null, 0)]
    [InlineData(" redis://127.0.0.1:1/ ", "127.0.0.1:1", false, null, null, 0)]
    [InlineData("REDIS://localhost:1/0", "localhost:1", false, null, null, 0)]
    [InlineData("redis://[::1]:2/15", "[::1]:2", false, null, null, 15)]
    [InlineData("redis://ann:s3cret@localhost:1/", "localhost:1", false, "ann", "s3cret", 0)]
    [InlineData("redis://:s3cret@localhost", "localhost:6379", false, null, "s3cret", 0)]
    [InlineData("redis://s3cret@localhost", "localhost:6379", false, null, "s3cret", 0)]
    [InlineData("redis://ann:@localhost", "localhost:6379", false, "ann", null, 0)]
    [InlineData("redis://a%40b:p%2Fq%3a%25%c3%a9+@localhost", "localhost:6379", false, "a@b", "p/q:%é+", 0)]
    [InlineData("redis://ann:a,b=c:d@e@localhost", "localhost:6379", false, "ann", "a,b=c:d@e", 0)]
    [InlineData("rediss://db.example.com", "db.example.com:6379", true, null, null, 0)]
    [InlineData("rediss://ann:s3cret@db.example.com:6380/3", "db.example.com:6380", true, "ann", "s3cret", 3)]
    [InlineData("valkey://localhost", "localhost:6379", false, null, null, 0)]
    [InlineData("valkeys://db.example.com", "db.example.com:6379", true, null, null, 0)]
    public void A_uri_is_read_as_redis_cli_reads_it(string connection, string display, bool ssl, string? user, string? password, int database)
    {
        StoreAddress address = Parse(connection);
        Assert.Equal((display, ssl, user, password, database), (address.Display, address.Ssl, address.User, address.Password, address.Database));
        Assert.Null(address.ServiceName);
    }

    [Fact]
    public void A_uri_of_another_machine_needs_tls()
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => Parse("redis://ann:secret@db.example.com"));
        Assert.Equal("InsecureTransport", error.ErrorId);
        Assert.Contains("rediss://", error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("db.example.com:6379", Parse("redis://ann:secret@db.example.com", insecure: true).Display);
    }

    [Fact]
    public void A_uris_password_may_be_given_by_itself_and_not_twice()
    {
        Assert.Equal(("ann", "b"), (Read("redis://ann:@localhost").User, Read("redis://ann:@localhost").Password));
        Assert.Equal("InvalidStore", Assert.Throws<SlicePoolException>(() => Read("redis://ann:a@localhost")).ErrorId);

        static StoreAddress Read(string connection) => StoreAddressParser.Parse(new() { Connection = connection, Password = "b" });
    }

    [Theory]
    [InlineData("redis_version:7.0.15\r\n", "redis 7.0.15", true)]
    [InlineData("# Server\r\nredis_version:8.2.0\r\n", "redis 8.2.0", true)]
    [InlineData("redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.1.1\r\n", "valkey 8.1.1", true)]
    [InlineData("garnet_version:2.2.8\r\nredis_version:7.4.3\r\n", "garnet 2.2.8", true)]
    [InlineData("garnet_version:1.0.5\r\nredis_version:7.4.3\r\n", "garnet 1.0.5", false)]
    [InlineData("redis_version:6.2.14\r\n", "redis 6.2.14", false)]
    [InlineData("redis_version:unstable\r\n", "redis unstable", false)]
    [InlineData("", "", false)]
    public void A_server_is_judged_by_its_own_description(string info, string name, bool fit)
    {
        string? reason = ServerFitness.Judge(info, out string told);
        Assert.Equal((name, fit), (told, reason is null));
    }

    private static StoreAddress Parse(string connection, bool insecure = false) =>
        StoreAddressParser.Parse(new StoreOptions { Connection = connection, AllowInsecureTransport = insecure });
}
