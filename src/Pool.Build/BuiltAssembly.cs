using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Eformer.Pool.Build;

/// <summary>What a user's assembly says of itself. Read from its metadata: nothing of it is loaded or run.</summary>
internal sealed class BuiltAssembly
{
    private readonly MetadataReader _metadata;

    private BuiltAssembly(MetadataReader metadata)
    {
        _metadata = metadata;
        AttributeText[] cmdlets = [.. PublicTypes().SelectMany(type => Attributes(type.GetCustomAttributes(), "System.Management.Automation", "CmdletAttribute"))];
        Cmdlets = [.. cmdlets.Select(cmdlet => cmdlet.Texts(2)).Select(words => $"{words[0]}-{words[1]}").OrderBy(name => name, StringComparer.Ordinal)];
        Aliases = [.. PublicTypes()
            .Where(type => Attributes(type.GetCustomAttributes(), "System.Management.Automation", "CmdletAttribute").Any())
            .SelectMany(type => Attributes(type.GetCustomAttributes(), "System.Management.Automation", "AliasAttribute"))
            .SelectMany(alias => alias.List())
            .OrderBy(name => name, StringComparer.Ordinal)];
        // Earlier generators put it on the assembly.
        Help = [.. PublicTypes().SelectMany(type => Attributes(type.GetCustomAttributes(), "Eformer.Pool.PowerShell", "RemoteCmdletHelpAttribute"))
            .Concat(OfAssembly("Eformer.Pool.PowerShell", "RemoteCmdletHelpAttribute"))
            .Select(help => help.Texts(2))
            .OrderBy(help => help[0], StringComparer.Ordinal)
            .Select(help => help[1])];
        PoolVersion = _metadata.AssemblyReferences
            .Select(_metadata.GetAssemblyReference)
            .Where(reference => _metadata.StringComparer.Equals(reference.Name, "Eformer.Pool.Module"))
            .Select(reference => reference.Version)
            .FirstOrDefault();
        Contracts = OfAssembly("Eformer.Pool.Functions", "RemoteContractsAttribute").Select(contracts => contracts.Texts(1)[0]).FirstOrDefault();
    }

    /// <summary>Names of its cmdlets, sorted.</summary>
    public IReadOnlyList<string> Cmdlets { get; }

    /// <summary>Their aliases, sorted.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>The help of those that the generator made: a MAML element each.</summary>
    public IReadOnlyList<string> Help { get; }

    /// <summary>The contracts of its remote functions; null when it has none.</summary>
    public string? Contracts { get; }

    /// <summary>The version of our module that it was built against; null when it needs none.</summary>
    public Version? PoolVersion { get; }

    /// <summary>Reads an assembly.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="BadImageFormatException">It is no assembly.</exception>
    public static BuiltAssembly Read(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        return new BuiltAssembly(file.GetMetadataReader());
    }

    // The types that PowerShell looks at.
    private IEnumerable<TypeDefinition> PublicTypes() => _metadata.TypeDefinitions
        .Select(_metadata.GetTypeDefinition)
        .Where(type => (type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public or TypeAttributes.NestedPublic
            && (type.Attributes & TypeAttributes.Abstract) == 0);

    private IEnumerable<AttributeText> OfAssembly(string space, string name) =>
        Attributes(_metadata.GetAssemblyDefinition().GetCustomAttributes(), space, name);

    private IEnumerable<AttributeText> Attributes(CustomAttributeHandleCollection attributes, string space, string name) => attributes
        .Select(_metadata.GetCustomAttribute)
        .Where(attribute => IsOf(attribute.Constructor, space, name))
        .Select(attribute => new AttributeText(_metadata.GetBlobReader(attribute.Value)));

    private bool IsOf(EntityHandle constructor, string space, string name) =>
        constructor.Kind == HandleKind.MemberReference
        && _metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } parent
        && _metadata.GetTypeReference((TypeReferenceHandle)parent) is var type
        && _metadata.StringComparer.Equals(type.Name, name)
        && _metadata.StringComparer.Equals(type.Namespace, space);
}
