using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>Reads what the generator wrote on an assembly, in its metadata: nothing of it is loaded or run.</summary>
/// <remarks>
/// Reflection would load the types of all attributes that the assembly has. Those of a module with cmdlets are in assemblies that only
/// drivers have.
/// </remarks>
internal static class AssemblyText
{
    private const ushort Prolog = 1;

    /// <summary>The first argument of an attribute of the assembly, a text or the name of a type; null when it has no such attribute.</summary>
    /// <param name="path">The assembly.</param>
    /// <param name="attribute">The attribute's type.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="BadImageFormatException">It is no assembly.</exception>
    public static string? Of(string path, Type attribute)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return metadata.GetAssemblyDefinition().GetCustomAttributes()
            .Select(metadata.GetCustomAttribute)
            .Where(one => IsOf(metadata, one.Constructor, attribute))
            .Select(one => First(metadata.GetBlobReader(one.Value)))
            .FirstOrDefault();
    }

    private static bool IsOf(MetadataReader metadata, EntityHandle constructor, Type attribute) =>
        constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } parent
        && metadata.GetTypeReference((TypeReferenceHandle)parent) is var type
        && metadata.StringComparer.Equals(type.Name, attribute.Name)
        && metadata.StringComparer.Equals(type.Namespace, attribute.Namespace!);

    private static string? First(BlobReader value) => value.ReadUInt16() == Prolog ? value.ReadSerializedString() : null;
}
