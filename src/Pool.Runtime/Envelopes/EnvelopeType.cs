namespace Eformer.Pool.Envelopes;

/// <summary>What a signed message is. Signed with the body, so that a message cannot be relabelled.</summary>
public enum EnvelopeType : byte
{
    /// <summary>A driver's command to run something on hosts of one slice.</summary>
    Run = 1,

    /// <summary>A driver's command to stop a run.</summary>
    Cancel = 2,

    /// <summary>An agent's batch of records of a run.</summary>
    Result = 3,

    /// <summary>A driver's wish that agents keep its pool without it.</summary>
    Keep = 4,

    /// <summary>A driver's description of a run, for whoever attaches to it.</summary>
    Manifest = 5,

    /// <summary>A driver's judgement on hosts that will never end an attempt themselves.</summary>
    Verdict = 6,
}
