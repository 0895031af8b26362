using System.Management.Automation.Host;

namespace Eformer.Pool.HostWorker.Script;

/// <summary>What formatting asks about the console: its width.</summary>
internal sealed class ScriptRawUI : PSHostRawUserInterface
{
    private const int UsualWidth = 120;
    private const int UsualHeight = 50;

    /// <inheritdoc/>
    public override Size BufferSize
    {
        get => Console.IsOutputRedirected || Console.BufferWidth <= 0 ? new Size(UsualWidth, UsualHeight) : new Size(Console.BufferWidth, Console.WindowHeight);
        set => throw ScriptHostUI.Unsupported("Resizing the console");
    }

    /// <inheritdoc/>
    public override Size WindowSize
    {
        get => BufferSize;
        set => throw ScriptHostUI.Unsupported("Resizing the console");
    }

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => BufferSize;

    /// <inheritdoc/>
    public override Size MaxWindowSize => BufferSize;

    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    /// <inheritdoc/>
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    /// <inheritdoc/>
    public override Coordinates CursorPosition { get; set; }

    /// <inheritdoc/>
    public override int CursorSize { get; set; }

    /// <inheritdoc/>
    public override bool KeyAvailable => false;

    /// <inheritdoc/>
    public override Coordinates WindowPosition { get; set; }

    /// <inheritdoc/>
    public override string WindowTitle { get; set; } = "";

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
        // Nothing is read ahead.
    }

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw ScriptHostUI.Unsupported("Reading the screen");

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options) => throw ScriptHostUI.Unsupported("Reading a key");

    /// <inheritdoc/>
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw ScriptHostUI.Unsupported("Scrolling the screen");

    /// <inheritdoc/>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw ScriptHostUI.Unsupported("Drawing on the screen");

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw ScriptHostUI.Unsupported("Drawing on the screen");
}
