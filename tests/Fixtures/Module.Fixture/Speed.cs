namespace Eformer.Pool.Module.Fixture;

public enum Speed
{
    Slow,
    Fast,
}
