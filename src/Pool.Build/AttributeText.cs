using System.Reflection.Metadata;

namespace Eformer.Pool.Build;

/// <summary>The arguments of an attribute whose constructor takes texts.</summary>
internal sealed class AttributeText(BlobReader blob)
{
    private const ushort Prolog = 1;

    /// <summary>The first arguments.</summary>
    /// <exception cref="BadImageFormatException">It has no such arguments.</exception>
    public string[] Texts(int count)
    {
        BlobReader reader = Begin();
        string[] texts = new string[count];
        for (int index = 0; index < count; index++)
        {
            texts[index] = reader.ReadSerializedString() ?? "";
        }

        return texts;
    }

    /// <summary>The items of the one argument, a list.</summary>
    /// <exception cref="BadImageFormatException">It has no such argument.</exception>
    public IReadOnlyList<string> List()
    {
        BlobReader reader = Begin();
        int count = reader.ReadInt32();
        List<string> texts = [];
        for (int index = 0; index < count; index++)
        {
            texts.Add(reader.ReadSerializedString() ?? "");
        }

        return texts;
    }

    private BlobReader Begin()
    {
        BlobReader reader = blob;
        return reader.ReadUInt16() == Prolog ? reader : throw new BadImageFormatException("An attribute's arguments are not where they should be.");
    }
}
