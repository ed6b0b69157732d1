using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Tool.Files;
using MLNet.Vae.Tool.Terminals;

namespace MLNet.Vae.Tool.Commands;

/// <summary>One run of a command: its context, where it writes, and what becomes of its faults.</summary>
internal sealed class Job : IDisposable
{
    private readonly Terminal _terminal;
    private readonly Screen _errors;
    private readonly HashSet<string> _warnings = [];
    private readonly List<string> _temporary = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private Job(Terminal terminal, bool isJson, bool writesRows, int? seed, CancellationToken cancellationToken)
    {
        (_terminal, IsJson, CancellationToken) = (terminal, isJson, cancellationToken);
        _errors = new(terminal.Error, terminal.IsErrorInteractive);
        Screen = isJson || writesRows ? _errors : new(terminal.Output, terminal.IsOutputInteractive);
        MlContext = new(seed);
        MlContext.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Warning)
                Warn(message.RawMessage);
        };
    }

    public MLContext MlContext { get; }

    /// <summary>For people: standard output, or standard error where the former has something else.</summary>
    public Screen Screen { get; }

    public bool IsJson { get; }

    public CancellationToken CancellationToken { get; }

    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>What was warned of so far, each once.</summary>
    public IReadOnlyList<string> Warnings => [.. _warnings];

    /// <summary>Makes a command run, and turns faults into a line and an exit code.</summary>
    public static void On(
        Command command, SharedOptions shared, Terminal terminal, Option<string>? output, Option<int>? seed, Action<Job, ParseResult> work)
        => command.SetAction((parsed, cancellationToken) => Task.Run(() =>
        {
            var isVerbose = parsed.GetValue(shared.Verbose);
            var isJson = parsed.GetValue(shared.Json);
            var writesRows = output is not null && parsed.GetValue(output) == "-";
            try
            {
                if (isJson && writesRows)
                    throw new UsageException("--json and --output - both want standard output; name a file with --output.");
                using var job = new Job(terminal, isJson, writesRows, seed is null ? null : parsed.GetValue(seed), cancellationToken);
                work(job, parsed);
                return ExitCodes.Done;
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                terminal.Error.WriteLine("cancelled; nothing was written.");
                return ExitCodes.Cancelled;
            }
            catch (Exception fault)
            {
                terminal.Error.WriteLine($"error: {FaultText.Of(fault)}");
                if (isVerbose)
                    terminal.Error.WriteLine(fault);
                return fault is UsageException ? ExitCodes.BadUsage : ExitCodes.BadData;
            }
        }, CancellationToken.None));

    public void Warn(string text)
    {
        if (_warnings.Add(text))
            _errors.LineAboveProgress($"warning: {text}");
    }

    /// <summary>Runs training with a bar where somebody watches.</summary>
    public T Train<T>(Func<VaeTrainingOptions, T> fit, VaeTrainingOptions options) => TrainingBar.Run(
        _errors, bar => fit(options with { Progress = bar, CancellationToken = CancellationToken }));

    /// <summary>Options are checked where an estimator is made: what is wrong there, the command line says.</summary>
    public static T Made<T>(Func<T> estimator)
    {
        try
        {
            return estimator();
        }
        catch (ArgumentException fault)
        {
            throw new UsageException(FaultText.Of(fault), fault);
        }
    }

    /// <summary>Opens a table; standard input is copied to a file first, as it is read more than once.</summary>
    public TableFile Open(string path, ReadOptions options)
    {
        var file = path == "-" ? TableFile.Open(Copied(), "standard input", options) : TableFile.Open(path, path, options);
        if (file.LeftOut.Count > 0)
            Warn($"'{file.Name}': columns that are structures, lists or bytes are left out: {string.Join(", ", file.LeftOut)}.");
        return file;
    }

    /// <summary>Writes rows to a file, or to standard output for <c>-</c>.</summary>
    public void Write(string path, IReadOnlyList<OutputColumn> columns, char separator, IEnumerable<IReadOnlyList<object?>> rows)
    {
        if (columns.GroupBy(column => column.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidDataException(
                $"'{path}' would have two columns '{twice.Key}': the data has one of the name already; rename it or leave it out.");
        }
        if (path == "-")
        {
            using var output = _terminal.OpenOutput();
            Write(output, path, columns, separator, rows);
        }
        else
        {
            OutputFile.Write(path, stream => Write(stream, path, columns, separator, rows));
        }
    }

    /// <summary>Writes the result of a run with <c>--json</c>.</summary>
    public void WriteJson<T>(T result, JsonTypeInfo<T> type)
    {
        if (IsJson)
            _terminal.Output.WriteLine(JsonSerializer.Serialize(result, type));
    }

    public void Dispose()
    {
        foreach (var path in _temporary)
            File.Delete(path);
    }

    private void Write(
        Stream stream, string path, IReadOnlyList<OutputColumn> columns, char separator, IEnumerable<IReadOnlyList<object?>> rows)
    {
        using var writer = RowWriter.To(stream, path, columns, separator);
        foreach (var row in rows)
        {
            CancellationToken.ThrowIfCancellationRequested();
            writer.Write(row);
        }
        writer.Complete();
    }

    private string Copied()
    {
        var path = Path.Combine(Path.GetTempPath(), $"mlnet-vae-{Guid.NewGuid():N}");
        _temporary.Add(path);
        using var input = _terminal.OpenInput();
        using var copy = new FileStream(path, FileMode.CreateNew);
        input.CopyTo(copy);
        return path;
    }
}
