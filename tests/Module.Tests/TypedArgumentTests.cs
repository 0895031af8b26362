using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Arguments of remote functions, written as PowerShell users write them.</summary>
[Collection(LocalPoolGroup.Name)]
public sealed class TypedArgumentTests : IDisposable
{
    private readonly LocalPool _local;

    public TypedArgumentTests(LocalPool local)
    {
        _local = local;
        local.Run("param($Fixture) Import-Module $Fixture", Places.Fixture).Expect();
    }

    public void Dispose() => _local.Run("Remove-Module Module.Fixture").Expect();

    [Theory]
    [InlineData("@{ Steps = 10 }", "10  Slow  0 0")]
    [InlineData("@{ steps = '10'; SPEED = 'fast' }", "10  Fast  0 0")]
    [InlineData("[pscustomobject]@{ Steps = 10; Name = 'n'; Speed = 1; PSComputerName = 'elsewhere' }", "10 n Fast  0 0")]
    [InlineData("[ordered]@{ Steps = 10L; Rate = 1 }", "10  Slow 1 0 0")]
    [InlineData("@{ Steps = 10; Rate = $null }", "10  Slow  0 0")]
    [InlineData("@{ Steps = 10; Shards = @{ Path = 'a' } }", "10  Slow  1 0")]
    [InlineData("@{ Steps = 10; Shards = @{ Path = 'a' }, [pscustomobject]@{ path = 'b'; length = 3; next = @{ Path = 'c' } }; Limits = @{ x = '1'; y = 2 } }", "10  Slow  2 2")]
    [InlineData("[Eformer.Pool.Module.Fixture.TrainOptions]@{ Steps = 3 }", "3  Slow  0 0")]
    [InlineData("@{ Steps = 10; Shards = @([Eformer.Pool.Module.Fixture.Shard]::new('a', 1, $null)) }", "10  Slow  1 0")]
    public void Tables_and_objects_become_the_function_s_type(string options, string expected) => Assert.Equal(
        expected,
        Assert.Single(_local.Run($$"""
            $pool | Invoke-Echo -Options ({{options}}) -AsResult -HostId 0 | ForEach-Object { $_.Output } | Microsoft.PowerShell.Core\ForEach-Object {
                $o = $_.Options
                "$($o.Steps) $($o.Name) $($o.Speed) $($o.Rate) $($o.Shards.Count) $($o.Limits.Count)"
            } | ForEach-Object -Begin { $first = $null } -Process { $first = $_ } -End { $first }
            """).Texts));

    [Theory]
    [InlineData("@{ Stepz = 1 }", "TrainOptions has no 'Stepz'; it has 'Steps', 'Name', 'Speed', 'Rate', 'Shards', 'Limits'.")]
    [InlineData("@{ Steps = 1; Doubled = 2 }", "TrainOptions has no 'Doubled'")]
    [InlineData("@{ Steps = 'many' }", "'Steps': ")]
    [InlineData("@{ Steps = 1; Speed = 'Warp' }", "'Speed': ")]
    [InlineData("@{ Steps = 1; Shards = @{ Path = 'a' }, @{ Path = 'b'; Size = 1 } }", "'Shards[1]': Shard has no 'Size'")]
    [InlineData("@{ Steps = 1; Shards = @{ Length = 1 } }", "Path")]
    [InlineData("@{ Steps = 1; Shards = 'a' }", "'Shards[0]': it takes a hashtable or an object with properties, and got String.")]
    [InlineData("@{ Steps = 1; Limits = @{ x = 'no' } }", "'Limits.x': ")]
    [InlineData("@{ Steps = 1; Name = \"a$([char]0xD800)\" }", "'Name': a text has half of a surrogate pair")]
    [InlineData("@{ Steps = 1; Limits = @{ \"$([char]0xDC00)\" = 1 } }", "a text has half of a surrogate pair")]
    [InlineData("@{ Name = 'n' }", "Steps")]
    [InlineData("@{ Steps = $null }", "Steps")]
    [InlineData("42", "it takes a hashtable or an object with properties, and got Int32.")]
    [InlineData("$loop", "holds itself")]
    public void What_does_not_fit_is_refused_by_name(string options, string message)
    {
        ErrorRecord error = _local.Run($$"""
            $loop = @{ Steps = 1 }; $shard = @{ Path = 'a' }; $shard.Next = $shard; $loop.Shards = $shard
            $pool | Invoke-Echo -Options ({{options}})
            """).ExpectError("ParameterArgumentTransformationError");
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-List a, b -Numbers 1, '2' -Collection c -ReadOnly 3 -Items d, e -Set 4, 4, 5 -Array 1.5, 2 -Immutable 6, 7 -Names h, i",
        "a,b; 1,2; c; 3; d,e; 4,5; 1.5,2; 6,7; h,i")]
    [InlineData("-List @() -Numbers @() -Collection @() -ReadOnly @() -Items @() -Set @() -Array @() -Immutable @() -Names @()",
        "; ; ; ; ; ; ; ; ")]
    public void Lists_become_collections_of_any_kind(string arguments, string expected) => Assert.Equal(expected, OnOneHost("Measure-Collection " + arguments));

    [Theory]
    [InlineData("-Note '' -Names @() -Count 0 -Text '' -Words @() -List @()", "; 0; 0; ''; 0: ; 0")]
    [InlineData("-Note $null -Names $null -Count $null -Text a -Words 'a', '' -List 'a', ''", "null; null; null; 'a'; 2: a,; 2")]
    public void Nothing_is_an_argument_where_the_function_takes_it(string arguments, string expected) =>
        Assert.Equal(expected, OnOneHost("Measure-Nothing " + arguments));

    [Theory]
    [InlineData("-Note a -Names a -Count 1 -Text a -Words $null -List a", "Words")]
    [InlineData("-Note a -Names a -Count 1 -Text a -Words a -List $null", "List")]
    public void Null_is_refused_where_the_function_does_not_take_it(string arguments, string parameter)
    {
        ErrorRecord error = _local.Run($"Measure-Nothing $pool {arguments}").ExpectError("ParameterArgumentValidationErrorNullNotAllowed");
        Assert.Contains($"'{parameter}'", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Any ([ordered]@{ a = 1, $null; b = @{ c = 'x' } }) -Node ([pscustomobject]@{ d = $true }) -Table @{}", """{"a":[1,null],"b":{"c":"x"}} {"d":true} {}""")]
    [InlineData("-Any text -Node $null -Table ([System.Text.Json.Nodes.JsonObject]::Parse('{}'))", "\"text\" null {}")]
    [InlineData("-Any 1.5, 2 -Node @() -Table ([ordered]@{ day = [DayOfWeek]::Monday; when = [datetime]'2020-01-02'; who = [guid]::Empty })",
        """[1.5,2] [] {"day":"Monday","when":"2020-01-02T00:00:00","who":"00000000-0000-0000-0000-000000000000"}""")]
    public void Anything_becomes_JSON(string arguments, string expected) =>
        Assert.Equal(expected, OnOneHost("Measure-Json " + arguments));

    [Theory]
    [InlineData("Measure-Byte -Array 1, 2 -Memory 3, 4", "0102 0304")]
    [InlineData("Measure-Byte -Array @() -Memory ([byte[]](255, 0))", " FF00")]
    [InlineData("Measure-Item -Words a, $null -Numbers 1, $null -Perhaps $null, b", "a,null; 1,null; null,b")]
    [InlineData("Measure-Item -Words @() -Numbers @() -Perhaps $null", "; ; null")]
    [InlineData("Measure-Figure -Figures @{ Name = 'a'; Radius = 1; '$type' = 'disc' }, ([ordered]@{ side = '2'; '$type' = '4'; name = 'b' })",
        "Disc { Name = a, Radius = 1 }, Square { Name = b, Side = 2 }")]
    [InlineData("Measure-Figure -Figures @([Eformer.Pool.Module.Fixture.Disc]::new('a', 1); @{ '$type' = 4; Name = 'b'; Side = 2 })",
        "Disc { Name = a, Radius = 1 }, Square { Name = b, Side = 2 }")]
    public void What_PowerShell_has_becomes_what_the_function_takes(string command, string expected) => Assert.Equal(expected, OnOneHost(command));

    [Fact]
    public void Functions_may_look_at_the_attributes_of_their_assembly() => Assert.Equal("Module.Fixture", OnOneHost("Get-Self"));

    [Theory]
    [InlineData("Measure-Json -Any ([io.fileinfo]'a') -Node 1 -Table @{}", "got FileInfo.")]
    [InlineData("Measure-Item -Words $null -Numbers 1 -Perhaps a", "It cannot be $null; items of it can be.")]
    [InlineData("Measure-Figure -Figures @{ Name = 'a' }", "'[0]': Figure needs a '$type', one of 'disc', '4'.")]
    [InlineData("Measure-Figure -Figures @{ '$type' = 'cow' }", "'[0]': Figure has no '$type' 'cow'; it has 'disc', '4'.")]
    [InlineData("Measure-Figure -Figures @{ '$type' = 'disc'; Side = 1 }", "'[0]': Disc has no 'Side'; it has 'Radius', 'Name'.")]
    [InlineData("Invoke-Echo -Options @{ Steps = $null }", "'Steps': it cannot be $null.")]
    [InlineData("Invoke-Echo -Options @{ Steps = 1; Shards = @{ Path = $null } }", "'Shards[0].Path': it cannot be $null.")]
    public void What_does_not_become_it_is_named(string command, string message) =>
        Assert.EndsWith(message, _local.Run("$pool | " + command).ExpectError("ParameterArgumentTransformationError").ToString(), StringComparison.Ordinal);

    private string OnOneHost(string command) => Assert.Single(_local.Run($"$pool | {command} -Slice 0 -HostId 0").Expect()).ToString();
}
