namespace MLNet.Vae.Partitions;

/// <summary>Row groups of Parquet files, by the names of columns; a row group is in memory as long as it is read.</summary>
internal sealed class ParquetPartitionReader : IVaePartitionReader
{
    private const int RowsAtOnce = 256;

    public IEnumerable<ReadOnlyMemory<float>> Read(VaePartition partition, VaeModelInfo model, CancellationToken cancellation)
    {
        using var groups = new ParquetGroups(partition.Source);
        if (partition.From > groups.Length || (partition.To != long.MaxValue && partition.To > groups.Length))
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"{partition}: expected as many row groups, found {groups.Length}. The file has changed: ")
                    + "submit a job anew.");
        }
        var layout = ParquetLayout.Of(partition.Source, groups.Columns, model);
        var width = model.FeatureCount + model.ConditionCount;
        var rows = new float[RowsAtOnce * width];
        for (var group = (int)partition.From; group < Math.Min(partition.To, groups.Length); group++)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = groups.Decode(group, layout.Columns);
            for (var start = 0; start < count; start += RowsAtOnce)
            {
                cancellation.ThrowIfCancellationRequested();
                var block = Math.Min(RowsAtOnce, count - start);
                for (var row = 0; row < block; row++)
                    layout.Read(group, start + row, rows.AsSpan(row * width, width));
                yield return rows.AsMemory(0, block * width);
            }
        }
    }
}
