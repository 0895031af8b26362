using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The runner's end of the line to its agent, read by a thread that does nothing else.</summary>
/// <remarks>When the line breaks the agent is gone: this thread then ends the process and its children, whatever they do.</remarks>
internal sealed class AgentLine(Stream line, ProcessTree tree)
{
    private readonly Queue<RunJob> _jobs = new();
    private RunJob? _current;
    private bool _over;

    /// <summary>The runs to do, in order; waits for the next, and ends when the agent wants no more.</summary>
    public IEnumerable<RunJob> Jobs
    {
        get
        {
            while (TakeNext() is { } job)
            {
                yield return job;
            }
        }
    }

    /// <summary>Connects to the agent.</summary>
    /// <exception cref="IOException">It is not there.</exception>
    public static AgentLine Connect(RunnerSettings settings) =>
        new(AgentSocket.Connect(settings.SocketPath), new ProcessTree(Environment.ProcessId, settings.RunnerId, settings.Cgroup));

    /// <summary>Starts to read.</summary>
    public void Start() => new Thread(Read) { IsBackground = true, Name = "agent line" }.Start();

    /// <summary>Sends frames; waits while the agent is busy. Without an agent this is the process's end.</summary>
    public void Send(ReadOnlyMemory<byte> frames)
    {
        try
        {
            line.Write(frames.Span);
        }
        catch (IOException)
        {
            // The reader is about to find out too, but whoever is first must see to the children.
            EndProcess(ExitCodes.AgentGone);
        }
    }

    /// <summary>Ends every child, then this process, without asking user code.</summary>
    public void EndProcess(int exitCode)
    {
        if (exitCode == ExitCodes.AgentGone)
        {
            // Nobody is left to ask how this ends, nor to kill what would escape.
            tree.KillGroup();
        }

        tree.KillOthers();
        NativeMethods.ExitNow(exitCode);
    }

    // A monitor wakes the other thread at once and lets it sleep until then. What spins while it waits, as a BlockingCollection
    // does, takes the processor from the agent and from the other runners.
    private RunJob? TakeNext()
    {
        lock (_jobs)
        {
            RunJob? next;
            while (!_jobs.TryDequeue(out next) && !_over)
            {
                Monitor.Wait(_jobs);
            }

            return next;
        }
    }

    private void Add(RunJob job)
    {
        lock (_jobs)
        {
            _current = _over ? throw new ProtocolException("A run after the shutdown.") : job;
            _jobs.Enqueue(job);
            Monitor.Pulse(_jobs);
        }
    }

    private void End()
    {
        lock (_jobs)
        {
            _over = true;
            Monitor.Pulse(_jobs);
        }
    }

    private void Read()
    {
        try
        {
            FrameDecoder decoder = new();
            while (Receive(decoder))
            {
            }
        }
        catch (Exception e) when (e is IOException or ProtocolException)
        {
            Console.Error.WriteLine($"The runner lost its agent: {e.Message}");
        }
        finally
        {
            EndProcess(ExitCodes.AgentGone);
        }
    }

    private bool Receive(FrameDecoder decoder)
    {
        int count = line.Read(decoder.GetFree().Span);
        if (count == 0)
        {
            return false;
        }

        decoder.Advance(count);
        while (decoder.TryRead(out Frame frame))
        {
            Take(frame);
        }

        return true;
    }

    private void Take(Frame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Run:
                Add(new RunJob(RunBody.Read(frame)));
                break;
            case FrameType.Stop:
                _current?.RequestStop();
                break;
            case FrameType.Shutdown:
                End();
                break;
            default:
                throw new ProtocolException($"An agent sent a {frame.Type} frame.");
        }
    }
}
