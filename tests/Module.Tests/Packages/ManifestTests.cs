using Eformer.Pool.Build;

namespace Eformer.Pool.Module.Tests.Packages;

/// <summary>The manifests that builds write.</summary>
public class ManifestTests
{
    [Theory]
    [InlineData("1.2.3", "1.2.3", "")]
    [InlineData("1", "1.0", "")]
    [InlineData("1.2.3.4", "1.2.3.4", "")]
    [InlineData("1.2.3-beta.1+build-7", "1.2.3", "beta1")]
    public void Versions(string version, string numbers, string label)
    {
        ModuleVersion read = ModuleVersion.Parse(version);
        Assert.Equal((numbers, label), (read.Numbers, read.Label));
    }

    [Theory]
    [InlineData("")]
    [InlineData("beta")]
    [InlineData("1.2.3.4.5")]
    public void Others_are_none(string version) => Assert.Throws<FormatException>(() => ModuleVersion.Parse(version));

    [Fact]
    public void A_name_has_one_identity_in_any_case()
    {
        Guid id = ModuleGuid.Of("Acme.Things");
        Assert.Equal(id, ModuleGuid.Of("acme.things"));
        Assert.NotEqual(id, ModuleGuid.Of("Acme.Thing"));
        // Modules that are out in the world have it.
        Assert.Equal("e852fdc5-cf32-8054-80b2-406f5ca55807", id.ToString());
    }

    [Theory]
    [InlineData("HelpInfoURI")]
    [InlineData("requiredassemblies")]
    public void Entries_that_manifests_have_may_be_added(string name) => Assert.Equal(name, ManifestEntries.Check(name));

    [Theory]
    [InlineData("Tags")]
    [InlineData("ProjectUri")]
    [InlineData("")]
    [InlineData("Author = 'a'; Tags")]
    public void Others_are_refused_by_name(string name) =>
        Assert.Contains($"'{name}'", Assert.Throws<FormatException>(() => ManifestEntries.Check(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void An_entry_needs_a_value(string value)
    {
        Assert.Contains("'Author'", Assert.Throws<FormatException>(() => ManifestEntries.Value("Author", value)).Message, StringComparison.Ordinal);
        Assert.Equal("'a'", ManifestEntries.Value("Author", "'a'"));
    }

    [Fact]
    public void Entries_are_replaced_in_any_case_and_texts_mean_nothing()
    {
        ManifestText manifest = new();
        manifest.Set("Author", ManifestText.Quote("it's; $(exit) ‘x’"));
        manifest.Set("Tags", "@()");
        manifest.Set("author", "'other'");
        manifest.SetForGalleries("Prerelease", "");
        manifest.SetForGalleries("Tags", ManifestText.Quote(["a", "b'"]));
        Assert.Equal(
            $"{ManifestText.Mark}\n@{{\n    Author = 'other'\n    Tags = @()\n    PrivateData = @{{\n        PSData = @{{\n            Tags = @('a', 'b''')\n        }}\n    }}\n}}\n",
            manifest.ToString());
        Assert.Equal("'it''s; $(exit) ‘‘x’’'", ManifestText.Quote("it's; $(exit) ‘x’"));
    }
}
