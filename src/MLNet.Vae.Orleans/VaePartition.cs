using MLNet.Vae.Partitions;

namespace MLNet.Vae;

/// <summary>Part of the rows of a job: what one silo scores in one go, and begins anew where it is lost.</summary>
[GenerateSerializer, Immutable, Alias("MLNet.Vae.VaePartition")]
public sealed record VaePartition
{
    /// <summary>Where the rows are: a file of one of the host's folders, or what the reader of the job takes it for.</summary>
    [Id(0)]
    public required string Source { get; init; }

    /// <summary>
    /// Where the part begins: of a text file the byte, of a Parquet file the row group, counted from 0; of another source what its reader
    /// counts.
    /// </summary>
    /// <value>Default: 0.</value>
    [Id(1)]
    public long From { get; init; }

    /// <summary>Where it ends: the first that is beyond.</summary>
    /// <value>Default: the end of the source.</value>
    [Id(2)]
    public long To { get; init; } = long.MaxValue;

    /// <summary>
    /// Ranges of bytes of a text file that share out its lines: a line belongs to the range that its first byte lies in.
    /// </summary>
    /// <param name="path">A file that is there.</param>
    /// <param name="count">Ranges, at least 1; of a short file fewer are made, so that none is empty.</param>
    /// <param name="hasHeader">Whether the first line is left out.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IReadOnlyList<VaePartition> OfText(string path, int count, bool hasHeader = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var end = new FileInfo(path).Length;
        var start = hasHeader ? LineRange.SecondLine(path) : 0;
        var ranges = Math.Clamp(end - start, 1, count);
        return
        [
            .. Enumerable.Range(0, (int)ranges).Select(i => new VaePartition
            {
                Source = Path.GetFullPath(path),
                From = start + (long)((Int128)(end - start) * i / ranges),
                To = start + (long)((Int128)(end - start) * (i + 1) / ranges),
            }),
        ];
    }

    /// <summary>Row groups of a Parquet file, for <see cref="VaeJob.ParquetReader"/>.</summary>
    /// <param name="path">
    /// A file that is there. One that cannot be read as Parquet is one partition, which fails and is named among the faults of the job.
    /// </param>
    /// <param name="rowGroups">Row groups of a partition, at least 1.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rowGroups"/> is below 1.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IReadOnlyList<VaePartition> OfParquet(string path, int rowGroups = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(rowGroups, 1);
        var source = Path.GetFullPath(path);
        if (ParquetGroups.Count(source) is not { } groups || groups <= rowGroups)
            return [new() { Source = source }];
        return
        [
            .. Enumerable.Range(0, (groups + rowGroups - 1) / rowGroups).Select(i => new VaePartition
            {
                Source = source,
                From = (long)i * rowGroups,
                To = Math.Min((long)(i + 1) * rowGroups, groups),
            }),
        ];
    }

    /// <summary>The source and the range.</summary>
    public override string ToString()
        => (From, To) is (0, long.MaxValue) ? $"'{Source}'"
            : To == long.MaxValue ? FormattableString.Invariant($"'{Source}' from {From}")
            : FormattableString.Invariant($"'{Source}' from {From} to {To}");
}
