using Eformer.Pool.Module.Tests.Engines;
using Xunit.Runner.InProc.SystemConsole;

// With 'session' it is a process with an engine that runs one script and ends, as pwsh would; otherwise it runs the tests.
return args is ["session", string file, .. string[] rest]
    ? SessionProgram.Run(file, rest)
    : await ConsoleRunner.Run(args);
