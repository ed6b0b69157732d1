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

    public void AddMissing() => Missing++;

    /// <param name="nats">The cell's share in the score.</param>
    /// <param name="isBeyond">Whether it holds what training had not.</param>
    public void Add(float nats, bool isBeyond)
    {
        Observed++;
        Beyond += isBeyond ? 1 : 0;
        if (!float.IsFinite(nats))
            return;
        _nats += nats;
        _finite++;
    }
}
