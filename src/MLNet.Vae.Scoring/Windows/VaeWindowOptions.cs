using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Vae;

/// <summary>Which readings of a series a window has.</summary>
public sealed record VaeWindowOptions
{
    /// <summary>Readings of a window when nothing else is said.</summary>
    public const int DefaultSteps = 40;

    /// <summary>Most readings of a window allowed.</summary>
    internal const int MaximumSteps = VaeSeriesInfo.MaximumSteps;

    /// <summary>
    /// Columns of the channels: a number or Boolean each, or a vector of numbers of known size, of which each slot is a channel.
    /// </summary>
    public ImmutableArray<string> Columns { get; init; } = [];

    /// <summary>Readings of a window, 2 to 65,536.</summary>
    /// <value>Default: 40.</value>
    public int Steps { get; init; } = DefaultSteps;

    /// <summary>
    /// Readings of a series from the end of one window to that of the next, from 1: with as many as a window has, none is in two. A
    /// detector of series judges every reading, and takes 1 alone.
    /// </summary>
    /// <value>Default: 1.</value>
    public int Stride { get; init; } = 1;

    /// <summary>
    /// Column whose values are series of their own, such as machines: text, a key, or an integer. Rows of several series may come mixed;
    /// no window has readings of two. <see langword="null"/>: there is one series.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? KeyColumnName { get; init; }

    /// <summary>
    /// Column of the time: <c>DateTime</c>, <c>DateTimeOffset</c>, <c>TimeSpan</c>, or a number of seconds. Within a series it must not go
    /// back; a row that does is an error that names it. <see langword="null"/>: rows are in order.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? TimeColumnName { get; init; }

    /// <summary>
    /// Longest time from one reading to the next: after a longer one a window begins anew. It takes <see cref="TimeColumnName"/>.
    /// <see langword="null"/>: any.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public TimeSpan? MaximumGap { get; init; }

    /// <summary>What a window is, as the estimator was told.</summary>
    internal static VaeWindowOptions Of(VaeSeriesInfo info) => new()
    {
        Columns = [.. info.Columns],
        Steps = info.Steps,
        KeyColumnName = info.KeyColumn,
        TimeColumnName = info.TimeColumn,
        MaximumGap = info.MaximumGapSeconds is { } gap ? TimeSpan.FromSeconds(gap) : null,
    };

    /// <summary>The columns that are read, where a shape has them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is missing.</exception>
    internal void RequireColumns(SchemaShape shape, IExceptionContext context)
    {
        string?[] read = [.. Columns, KeyColumnName, TimeColumnName];
        if (Array.Find(read, name => name is not null && shape.All(column => column.Name != name)) is not { } missing)
            return;
        var found = string.Join(", ", shape.Select(column => column.Name));
        throw context.Process(new ArgumentOutOfRangeException(
            nameof(shape), $"The series cannot be read: the column \"{missing}\" is missing. The data has {found}."));
    }

    /// <summary>What is wrong, a clause each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Columns.IsDefaultOrEmpty)
        {
            yield return $"{nameof(Columns)} is empty; name the columns of the channels";
        }
        else
        {
            if (Columns.Any(string.IsNullOrWhiteSpace))
                yield return $"{nameof(Columns)} has a name that is blank";
            foreach (var twice in Columns.GroupBy(name => name).Where(group => group.Count() > 1))
                yield return $"{nameof(Columns)} has '{twice.Key}' {twice.Count()} times; a channel is named once";
        }
        if (Steps is < 2 or > MaximumSteps)
            yield return $"{nameof(Steps)} must be from 2 to {MaximumSteps}, but is {Steps}";
        if (Stride < 1)
            yield return $"{nameof(Stride)} must be at least 1, but is {Stride}";
        if (KeyColumnName is not null && string.IsNullOrWhiteSpace(KeyColumnName))
            yield return $"{nameof(KeyColumnName)} must be the name of a column, or null, but is blank";
        if (TimeColumnName is not null && string.IsNullOrWhiteSpace(TimeColumnName))
            yield return $"{nameof(TimeColumnName)} must be the name of a column, or null, but is blank";
        if (MaximumGap is { } gap && gap <= TimeSpan.Zero)
            yield return $"{nameof(MaximumGap)} must be above zero, but is {gap}";
        if (MaximumGap is not null && TimeColumnName is null)
            yield return $"{nameof(MaximumGap)} needs {nameof(TimeColumnName)}, to tell how long a gap is";
    }
}
