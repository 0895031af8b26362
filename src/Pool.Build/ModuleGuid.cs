using System.Security.Cryptography;
using System.Text;

namespace Eformer.Pool.Build;

/// <summary>A module's identity, which stays the same from build to build: it follows from the name. Pure.</summary>
internal static class ModuleGuid
{
    /// <summary>The identity of a name, whose case does not count.</summary>
    public static Guid Of(string name)
    {
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes("Eformer.Pool module " + name.ToUpperInvariant()));
        byte[] id = new byte[16];
        Array.Copy(hash, id, id.Length);
        // A version of our own (8) and the usual variant. Guids keep their third part with its low byte first.
        id[7] = (byte)(id[7] & 0x0F | 0x80);
        id[8] = (byte)(id[8] & 0x3F | 0x80);
        return new Guid(id);
    }
}
