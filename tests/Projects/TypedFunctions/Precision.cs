namespace Acme;

/// <summary>How exact numbers are.</summary>
public enum Precision
{
    /// <summary>32 bits.</summary>
    Full,

    /// <summary>16 bits.</summary>
    Half,
}
