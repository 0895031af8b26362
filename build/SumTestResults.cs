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

        Log.LogMessage(MessageImportance.High, "{0} passed, {1} failed, {2} skipped", passed, failed, skipped);
        if (failed > 0 || passed == 0)
        {
            Log.LogError("{0} test(s) failed.", failed);
        }

        return !Log.HasLoggedErrors;
    }

    private static int Count(XElement counters, string name) => (int?)counters.Attribute(name) ?? 0;
}
