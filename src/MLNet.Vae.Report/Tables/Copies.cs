using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.ML;

namespace MLNet.Vae.Reporting;

/// <summary>Rows of training that other rows equal in every column.</summary>
internal sealed class Copies
{
    private readonly Dictionary<UInt128, (long First, int Rows)?> _found = [];

    /// <summary>Looks for rows of some tables among all rows of a view, which it holds none of.</summary>
    public Copies(IReadOnlyList<TableColumn> columns, IDataView real, params ReadOnlySpan<TableValues> tables)
    {
        foreach (var table in tables)
        {
            foreach (var key in Keys(table))
                _found[key] = null;
        }

        var number = 0L;
        foreach (var values in TableReader.All(real, columns))
        {
            ref var found = ref CollectionsMarshal.GetValueRefOrNullRef(_found, Key(values));
            if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref found))
                found = found is { } first ? (first.First, first.Rows + 1) : (number, 1);
            number++;
        }
    }

    /// <summary>Rows of the table that equal one of training, in their order.</summary>
    public IEnumerable<(int Row, UInt128 Key, long First, int RealRows)> Of(TableValues table) => Keys(table)
        .Select((key, row) => (Row: row, Key: key, Found: _found[key]))
        .Where(copy => copy.Found is not null)
        .Select(copy => (copy.Row, copy.Key, copy.Found!.Value.First, copy.Found!.Value.Rows));

    private static IEnumerable<UInt128> Keys(TableValues table)
    {
        var values = new double[table.Values.Length];
        for (var row = 0; row < table.Rows; row++)
        {
            table.Read(row, values);
            yield return Key(values);
        }
    }

    // Of 128 bits: that two different rows have the same is not to be expected of 10¹⁸ of them.
    private static UInt128 Key(double[] values) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(values.AsSpan()));
}
