using MLNet.Vae.Columns;

namespace MLNet.Vae.Cursors;

/// <summary>Reads a vector that is kept anyway, as it passes through.</summary>
internal sealed class KeptValues(PassThroughColumn.KeptVectors<float> kept) : ColumnValues
{
    public override int Read(Span<float> values)
    {
        ref readonly var row = ref kept.Latest;
        if (row.Length == values.Length)
            row.CopyTo(values);
        return row.Length;
    }
}
