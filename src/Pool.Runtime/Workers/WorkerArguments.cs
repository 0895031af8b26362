namespace Eformer.Pool.Workers;

/// <summary>The command line of a worker that outlives its starter.</summary>
internal static class WorkerArguments
{
    public static IReadOnlyList<string> Of(WorkerOptions options, PasswordFile password, string keyFile, string state, string log)
    {
        List<string> arguments =
        [
            "agent", "--detached", log, "--store", password.Connection, "--fleet", options.Store.Fleet, "--keys", keyFile, "--state", state,
        ];
        if (password.Path is not null)
        {
            arguments.AddRange(["--store-password-file", password.Path]);
        }

        if (options.Store.AllowInsecureTransport)
        {
            arguments.Add("--allow-insecure-transport");
        }

        foreach ((string name, string value) in options.Flags)
        {
            arguments.AddRange(["--" + name, value]);
        }

        return arguments;
    }
}
