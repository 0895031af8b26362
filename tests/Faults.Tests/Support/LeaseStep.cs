namespace Eformer.Pool.Faults.Tests.Support;

/// <summary>A host accepted a lease, or nothing of it is left on the host.</summary>
/// <param name="Host">Key of the host.</param>
/// <param name="Epoch">The lease's epoch.</param>
/// <param name="Accepted">Whether it was accepted; else it was cleared.</param>
internal readonly record struct LeaseStep(string Host, long Epoch, bool Accepted);
