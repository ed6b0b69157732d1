using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;
using MLNet.Vae.Interop;

namespace MLNet.Vae.Tables;

/// <summary>What a transformer of a table will deliver, before anything was trained.</summary>
internal static class TableShape
{
    /// <exception cref="ArgumentOutOfRangeException">A column that the options name is missing.</exception>
    public static SchemaShape Of(IExceptionContext context, SchemaShape input, VaeTableOptions options)
    {
        var names = input.Select(column => column.Name).ToHashSet();
        string[] missing = [.. options.InputColumnNames.Concat(options.IgnoredColumnNames).Concat(options.ColumnKinds.Keys).Distinct()
            .Where(name => !names.Contains(name))];
        if (missing.Length > 0)
        {
            throw context.Process(new ArgumentOutOfRangeException(nameof(input),
                $"The table has no column {string.Join(", ", missing.Select(name => $"'{name}'"))}: it has "
                + $"{string.Join(", ", names.Select(name => $"'{name}'"))}."));
        }
        var features = MLNetInternals.ShapeColumn(TableNames.Features, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single);
        var shape = OutputColumns.Shape(
            new([.. input, features]), options.Columns with { Contributions = options.ContributionsColumnName }, null, null, false,
            null, null);
        return new(shape.Where(column => column.Name != TableNames.Features));
    }
}
