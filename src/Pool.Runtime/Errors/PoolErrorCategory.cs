namespace Eformer.Pool;

/// <summary>What kind of trouble an error is. The names are those of PowerShell's own error categories.</summary>
public enum PoolErrorCategory
{
    /// <summary>An argument is outside what is allowed.</summary>
    InvalidArgument,

    /// <summary>The named thing does not exist.</summary>
    ObjectNotFound,

    /// <summary>The named thing exists already.</summary>
    ResourceExists,

    /// <summary>There is not enough free capacity, or it was lost.</summary>
    ResourceUnavailable,

    /// <summary>Somebody else is using it.</summary>
    ResourceBusy,

    /// <summary>The store or a host cannot be reached.</summary>
    ConnectionError,

    /// <summary>It took longer than allowed.</summary>
    OperationTimeout,

    /// <summary>It was stopped on request.</summary>
    OperationStopped,

    /// <summary>Keys, signatures or rights do not allow it.</summary>
    SecurityError,

    /// <summary>A size or count is over its limit.</summary>
    LimitsExceeded,

    /// <summary>Data is not of the form it must have.</summary>
    InvalidData,

    /// <summary>The object's state does not allow the operation.</summary>
    InvalidOperation,

    /// <summary>The user's code failed on a host.</summary>
    FromRemoteHost,
}
