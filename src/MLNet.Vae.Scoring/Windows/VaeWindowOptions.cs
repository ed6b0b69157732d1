using System.Collections.Immutable;

namespace MLNet.Vae;

/// <summary>Which readings of a series a window has.</summary>
public sealed record VaeWindowOptions
{
    /// <summary>Readings of a window when nothing else is said.</summary>
    public const int DefaultSteps = 40;

    /// <summary>Most readings of a window allowed.</summary>
    internal const int MaximumSteps = 65_536;

    /// <summary>
    /// Columns of the channels: a number or Boolean each, or a vector of numbers of known size, of which each slot is a channel.
    /// </summary>
    public ImmutableArray<string> Columns { get; init; } = [];

    /// <summary>Readings of a window, 2 to 65,536.</summary>
    /// <value>Default: 40.</value>
    public int Steps { get; init; } = DefaultSteps;

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
