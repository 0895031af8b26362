using System.CommandLine;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Files;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.CommandLine;

/// <summary><c>keys new</c>: a fleet's keys in one file.</summary>
internal static class KeysVerb
{
    public static Command Build()
    {
        Option<string> fleet = new("--fleet") { Description = "The fleet the keys are for.", DefaultValueFactory = _ => "default" };
        Option<string?> file = new("--file") { Description = "Where to write them; by default where agents and drivers of this user look." };
        Command make = new("new", "Make new keys for a fleet. Copy the file to every host and driver; whoever has it can run code on the hosts.")
        {
            fleet,
            file,
        };
        make.SetAction(result => ErrorText.Guard(async () =>
        {
            string name = PoolName.Check(result.GetRequiredValue(fleet), "fleet");
            string path = Path.GetFullPath(result.GetValue(file) ?? PrivateFolder.KeyFile(name));
            FleetKeys.Create(name).Save(path);
            await Console.Out.WriteLineAsync(path);
            return 0;
        }));
        return new Command("keys", "The keys that commands and results are signed with.") { make };
    }
}
