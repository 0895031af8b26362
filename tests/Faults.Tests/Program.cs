using Eformer.Pool.Faults.Tests.Driver;
using Xunit.Runner.InProc.SystemConsole;

// With 'driver' it is a driver that runs one script and waits to be killed; otherwise it runs the tests.
return args is ["driver", string file]
    ? await DriverProgram.RunAsync(file)
    : await ConsoleRunner.Run(args);
