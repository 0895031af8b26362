namespace Eformer.Pool.RedisStore.Connections;

/// <summary>How far a few words with a server have come.</summary>
internal enum ServerTalkStage
{
    /// <summary>Nobody has taken the connection.</summary>
    None,

    /// <summary>Somebody has.</summary>
    Connected,

    /// <summary>It can be spoken to, encrypted where that is wanted.</summary>
    Open,

    /// <summary>It has said something to what was asked last.</summary>
    Heard,
}
