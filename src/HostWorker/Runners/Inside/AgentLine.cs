using System.Collections.Concurrent;
using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The runner's end of the line to its agent, read by a thread that does nothing else.</summary>
/// <remarks>When the line breaks the agent is gone: this thread then ends the process and its children, whatever they do.</remarks>
internal sealed class AgentLine(Stream line, ProcessTree tree)
{
    private readonly BlockingCollection<RunJob> _jobs = [];
    private RunJob? _current;

    /// <summary>The runs to do, in order; waits for the next, and ends when the agent wants no more.</summary>
    public IEnumerable<RunJob> Jobs => _jobs.GetConsumingEnumerable();

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
                _current = _jobs.IsAddingCompleted ? throw new ProtocolException("A run after the shutdown.") : new RunJob(RunBody.Read(frame));
                _jobs.Add(_current);
                break;
            case FrameType.Stop:
                _current?.RequestStop();
                break;
            case FrameType.Shutdown:
                _jobs.CompleteAdding();
                break;
            default:
                throw new ProtocolException($"An agent sent a {frame.Type} frame.");
        }
    }
}
