using System.Globalization;
using Eformer.Pool.Module.Binding;

namespace Eformer.Pool.Module.Runs;

/// <summary>Counts how many hosts of some runs succeeded.</summary>
internal sealed class CoverageTally
{
    private const int NamedHosts = 5;

    private readonly Dictionary<(string Run, int Slice), List<bool>> _slices = [];
    private readonly HashSet<(string Run, int Slice, int Host)> _noted = [];
    private readonly List<string> _others = [];
    private int _hosts;
    private int _succeeded;

    /// <summary>Counts a host by its end, or as not succeeded when it has none.</summary>
    public void Note(HostAddress host, AttemptEnd? end)
    {
        if (!_noted.Add((host.RunId, host.SliceId, host.HostId)))
        {
            return;
        }

        bool succeeded = end?.Outcome == RunOutcome.Succeeded;
        (string, int) slice = (host.RunId, host.SliceId);
        _slices.TryAdd(slice, []);
        _slices[slice].Add(succeeded);
        Count(1, succeeded ? null : $"{host} {end?.Outcome ?? RunOutcome.Unknown}");
    }

    /// <summary>Counts the hosts of a run that could not go on, or not even start.</summary>
    /// <param name="run">The run.</param>
    /// <param name="hosts">How many hosts it was meant for.</param>
    public void NoteFailed(PoolRun run, int hosts)
    {
        foreach (HostAddress host in run.Hosts)
        {
            Note(host, null);
        }

        if (run.Hosts.Count == 0)
        {
            Count(Math.Max(hosts, 1), $"{run.Source} not started");
        }
    }

    /// <summary>Throws when not enough succeeded.</summary>
    /// <exception cref="SlicePoolException"><c>CoverageNotMet</c>.</exception>
    public void Require(RequiredCoverage required)
    {
        if (Failure(required) is SlicePoolException failure)
        {
            throw failure;
        }
    }

    /// <summary>The error when not enough succeeded; else null.</summary>
    public SlicePoolException? Failure(RequiredCoverage required)
    {
        int whole = _slices.Values.Count(hosts => hosts.TrueForAll(succeeded => succeeded));
        if (required.IsMet(_succeeded, _hosts, whole))
        {
            return null;
        }

        string share = (_hosts == 0 ? 0 : 100.0 * _succeeded / _hosts).ToString("0.#", CultureInfo.InvariantCulture);
        return new SlicePoolException(
            "CoverageNotMet",
            PoolErrorCategory.InvalidData,
            $"{_succeeded} of {_hosts} hosts succeeded ({share} %), {whole} of {_slices.Count} slices as a whole; {required.Describe()}.{Others()}",
            "Look at the errors of the hosts that did not succeed, or require less; -AsResult tells each host's outcome.",
            required.ToString());
    }

    private void Count(int hosts, string? other)
    {
        _hosts += hosts;
        if (other is null)
        {
            _succeeded += hosts;
        }
        else
        {
            _others.Add(other);
        }
    }

    private string Others() => _others.Count == 0
        ? ""
        : $" Not so: {string.Join(", ", _others.Take(NamedHosts))}{(_others.Count > NamedHosts ? $" and {_others.Count - NamedHosts} more" : "")}.";
}
