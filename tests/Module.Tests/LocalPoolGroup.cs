using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>The tests that share one local pool.</summary>
[CollectionDefinition(Name)]
public class LocalPoolGroup : ICollectionFixture<LocalPool>
{
    public const string Name = "One local pool";
}
