namespace MLNet.Vae.Reporting;

/// <summary>What all rows say of one column of a table.</summary>
internal sealed class ColumnFindings(VaeTableColumn column)
{
    private double _nats;
    private long _finite;

    public VaeTableColumn Column => column;

    /// <summary>Rows in which it is there.</summary>
    public long Observed { get; private set; }

    public long Missing { get; private set; }

    /// <summary>Rows in which it holds what training had not.</summary>
    public long Beyond { get; private set; }

    /// <summary>
    /// Its mean share in the score, nats, over the rows in which it is there and its share finite; <see langword="null"/>: there are none.
    /// </summary>
    public double? Nats => _finite > 0 ? _nats / _finite : null;

    public void Add(ColumnCell cell)
    {
        if (cell.IsMissing)
        {
            Missing++;
            return;
        }
        Observed++;
        Beyond += cell.Note is null ? 0 : 1;
        if (!float.IsFinite(cell.Nats))
            return;
        _nats += cell.Nats;
        _finite++;
    }
}
