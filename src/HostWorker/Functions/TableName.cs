using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Eformer.Pool.Functions;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>Finds where the remote functions of an assembly are, in its metadata.</summary>
/// <remarks>
/// Reflection would load the types of all attributes that the assembly has. Those of a module with cmdlets are in assemblies that only
/// drivers have.
/// </remarks>
internal static class TableName
{
    private const ushort Prolog = 1;

    /// <summary>Full name of the table's type; null when the assembly has none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="BadImageFormatException">It is no assembly.</exception>
    public static string? Of(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return metadata.GetAssemblyDefinition().GetCustomAttributes()
            .Select(metadata.GetCustomAttribute)
            .Where(attribute => IsTable(metadata, attribute.Constructor))
            .Select(attribute => Type(metadata.GetBlobReader(attribute.Value)))
            .FirstOrDefault();
    }

    private static bool IsTable(MetadataReader metadata, EntityHandle constructor) =>
        constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } parent
        && metadata.GetTypeReference((TypeReferenceHandle)parent) is var type
        && metadata.StringComparer.Equals(type.Name, nameof(RemoteFunctionTableAttribute))
        && metadata.StringComparer.Equals(type.Namespace, typeof(RemoteFunctionTableAttribute).Namespace!);

    // The name of a type may be followed by that of its assembly, which is this one.
    private static string? Type(BlobReader value) => value.ReadUInt16() == Prolog ? value.ReadSerializedString()?.Split(',')[0] : null;
}
