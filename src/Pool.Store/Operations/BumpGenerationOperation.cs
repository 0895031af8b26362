using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>
/// Gives the store's data a new generation when another server process answers than the one that wrote it. Run before the first
/// write, after every reconnection, and when another server of those we are connected to was made the primary: only then can it
/// have changed.
/// </summary>
internal sealed class BumpGenerationOperation
{
    private static readonly StoreScript s_script = StoreScript.Load("bump");

    private readonly ScriptRunner _runner;
    private readonly RedisKey[] _keys;
    private volatile bool _unsure = true;
    private volatile string _standing = "";

    public BumpGenerationOperation(ScriptRunner runner, FleetKeys keys)
    {
        _runner = runner;
        _keys = [keys.Meta, keys.Beats];
        IConnectionMultiplexer control = runner.Connections.Control.Multiplexer;
        control.ConnectionRestored += (_, _) => _unsure = true;
        control.ConfigurationChanged += (_, _) => _unsure = true;
    }

    /// <summary>Makes sure of it once more, because what was read says that another server answers.</summary>
    public ValueTask RenewAsync(CancellationToken cancellationToken)
    {
        _unsure = true;
        return EnsureAsync(cancellationToken);
    }

    /// <summary>Makes sure that the generation is that of the server which answers now.</summary>
    public async ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        // The events come a little later than the connection that they tell of: until then another server may be written to.
        string standing = _runner.Connections.Standing;
        if (_unsure || standing != _standing)
        {
            _unsure = false;
            try
            {
                await _runner.ControlAsync(s_script, _keys, [Nonce.Next()], cancellationToken);
                _standing = standing;
            }
            catch
            {
                _unsure = true;
                throw;
            }
        }
    }
}
