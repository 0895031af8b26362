using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Eformer.Pool.Build;

/// <summary>Writes <c>PoolContracts.txt</c>: what the remote functions of a built assembly are on the wire.</summary>
public sealed class WritePoolContracts : Task
{
    /// <summary>The assembly.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>The file to write.</summary>
    [Required]
    public string File { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            if (BuiltAssembly.Read(Assembly).Contracts is not string contracts)
            {
                Log.LogError("{0} has no remote functions: no method of it has a RemoteFunction attribute, or the generator did not run.", Assembly);
                return false;
            }

            bool written = BuildFile.Write(File, contracts);
            Log.LogMessage(MessageImportance.High, written ? "{0} was written." : "{0} is up to date.", File);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            Log.LogErrorFromException(failure);
        }

        return !Log.HasLoggedErrors;
    }
}
