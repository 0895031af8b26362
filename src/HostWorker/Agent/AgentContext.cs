using Eformer.Pool.Envelopes;
using Eformer.Pool.Store;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>What all parts of a registered agent share.</summary>
internal sealed record AgentContext(
    IPoolStore Store, string AgentId, string Incarnation, EnvelopeSigner Signer, EnvelopeVerifier Verifier, TimeProvider Clock, StoreTrouble Trouble);
