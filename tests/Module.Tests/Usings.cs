global using Xunit;

// Local pools are processes on two cores, and the pools of a process are one list.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
