using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Adds up the result files of all test projects and prints the one line the build ends with.</summary>
public class SumTestResults : Task
{
    [Required]
    public ITaskItem[] Files { get; set; }

    /// <summary>The exit codes of the test programs.</summary>
    public ITaskItem[] ExitCodes { get; set; } = Array.Empty<ITaskItem>();

    public override bool Execute()
    {
        int passed = 0, failed = 0, skipped = 0;
        // A test program that dies writes no file; that must never look like success.
        foreach (string file in Files.Select(item => item.ItemSpec).Where(file => !File.Exists(file)))
        {
            Log.LogError("No results were written to {0}: its test program ended before it was done.", file);
            failed++;
        }

        foreach (string file in Files.Select(item => item.ItemSpec).Where(File.Exists))
        {
            XElement counters = XDocument.Load(file).Descendants().First(element => element.Name.LocalName == "Counters");
            int total = Count(counters, "total"), executed = Count(counters, "executed");
            passed += Count(counters, "passed");
            failed += executed - Count(counters, "passed");
            skipped += total - executed;
        }

        // A test program may fail with no test failed: when what a fixture started cannot be cleared away.
        foreach (string code in ExitCodes.Select(item => item.ItemSpec).Where(code => code != "0"))
        {
            Log.LogMessage(MessageImportance.High, "A test program ended with exit code {0}.", code);
            failed = Math.Max(failed, 1);
        }

        if (failed > 0 || passed == 0)
        {
            Log.LogError("Tests failed.");
        }

        Log.LogMessage(MessageImportance.High, "{0} passed, {1} failed, {2} skipped", passed, failed, skipped);

        return !Log.HasLoggedErrors;
    }

    private static int Count(XElement counters, string name) => (int?)counters.Attribute(name) ?? 0;
}
