namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>128 bits that tell worlds apart.</summary>
internal struct Fingerprint()
{
    private ulong _one = 0x9E3779B97F4A7C15;
    private ulong _other = 0xC2B2AE3D27D4EB4F;

    public readonly UInt128 Value => new(_one, _other);

    public void Add(long value)
    {
        _one = Mix(_one ^ (ulong)value);
        _other = Mix(_other + (ulong)value + 0x165667B19E3779F9);
    }

    public void Add(bool value) => Add(value ? 1 : 2);

    public void Add(string? text)
    {
        Add(text?.Length ?? -1);
        foreach (char letter in text ?? "")
        {
            Add(letter);
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
