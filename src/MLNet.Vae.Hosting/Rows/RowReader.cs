using MLNet.Vae.Likelihoods;
using MLNet.Vae.Messages;
using MLNet.Vae.Missing;

namespace MLNet.Vae.Rows;

/// <summary>Reads rows as the features of a model, and its condition. Thread-safe.</summary>
internal abstract class RowReader
{
    private readonly IReadOnlyList<FeatureSupport> _supports;
    private readonly MaskLayout? _mask;

    private protected RowReader(VaeModelInfo info) => (Info, _supports, _mask) = (info, FeatureSupport.Of(info), MaskLayout.Of(info));

    /// <summary>The columns that rows must have.</summary>
    public abstract IReadOnlyList<VaeServedColumn> Columns { get; }

    protected VaeModelInfo Info { get; }

    /// <summary>What reads rows of a model.</summary>
    /// <exception cref="NotSupportedException">The model reads what one row does not tell.</exception>
    public static RowReader Of(VaeModelInfo info)
    {
        if (info.Series is not null)
        {
            throw new NotSupportedException(
                "The model is of a series, and judges a reading by those before it, which a request does not hold: expected a model of "
                    + "rows. Score readings with VaeSeriesEngine, one for each series.");
        }
        if (info.FeatureKind == VaeInputKind.Sequence)
        {
            throw new NotSupportedException(
                "The model reads sequences of tokens: expected one of a vector or of a table. Score sequences with VaeTransformer.");
        }
        return info.Table is { } table ? new TableRowReader(info, table) : new VectorRowReader(info);
    }

    /// <param name="row">The row.</param>
    /// <param name="features">Takes <c>[D]</c>, NaN where a value is missing.</param>
    /// <param name="condition">Takes <c>[C]</c>.</param>
    /// <param name="faults">Take what is wrong.</param>
    /// <param name="refuses">Whether what cannot be scored is wrong; otherwise its outputs are NaN.</param>
    public void Read<TRow>(TRow row, Span<float> features, Span<float> condition, RowFaults faults, bool refuses) where TRow : IRow
    {
        if (row.Fault is { } found)
        {
            faults.Add(null, null, null, "an object with the columns of the model", found);
            return;
        }
        var before = faults.Count;
        ReadColumns(row, features, condition, faults);
        if (refuses && faults.Count == before)
            Judge(features, faults);
    }

    /// <summary>Says of features whether the model can have them.</summary>
    public void Judge(ReadOnlySpan<float> features, RowFaults faults)
    {
        for (var slot = 0; slot < features.Length; slot++)
        {
            if (float.IsFinite(features[slot]) || (_mask is not null && float.IsNaN(features[slot])))
                continue;
            Fault(slot, "a finite number", BadValue.Number(features[slot]), faults);
            return;
        }
        if (_mask?.FirstInPart(features) is var (start, count, missing))
        {
            Fault(missing, $"a value, or all of slots {start} to {start + count - 1} missing", "some of them missing", faults);
            return;
        }
        if (_supports.Count == 0)
            return;
        var judged = features;
        if (_mask is not null)
        {
            var filled = new float[features.Length];
            MaskLayout.Fill(features, filled);
            judged = filled;
        }
        foreach (var support in _supports)
        {
            if (support.FaultOf(judged) is { } fault)
                Fault(fault.Slot, $"{fault.Expected} (the model's likelihood)", fault.Found, faults);
        }
    }

    private protected abstract void ReadColumns<TRow>(TRow row, Span<float> features, Span<float> condition, RowFaults faults)
        where TRow : IRow;

    /// <summary>Adds a fault of a feature, in the words of its column.</summary>
    private protected abstract void Fault(int feature, string expected, string found, RowFaults faults);

    /// <summary>Reads a column that is a vector.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="value">The value.</param>
    /// <param name="names">Of its slots; <see langword="null"/>: they have none.</param>
    /// <param name="mayMiss">Whether a slot may be missing.</param>
    /// <param name="values">Takes the numbers.</param>
    /// <param name="faults">Take what is wrong.</param>
    private protected static void ReadVector(
        string column, RowValue value, IReadOnlyList<string>? names, bool mayMiss, Span<float> values, RowFaults faults)
    {
        if (value.IsNull && mayMiss)
        {
            values.Fill(float.NaN);
            return;
        }
        var expected = FormattableString.Invariant($"a vector of {values.Length:N0} numbers");
        if (value.Length is not { } length || length != values.Length)
        {
            faults.Add(column, null, null, expected, value.Found);
            return;
        }
        for (var slot = 0; slot < length && !faults.IsFull; slot++)
        {
            var item = value.Item(slot);
            if (item.IsNull && mayMiss)
                values[slot] = float.NaN;
            else if (item.Number is { } number && (mayMiss ? !float.IsInfinity((float)number) : float.IsFinite((float)number)))
                values[slot] = (float)number;
            else if (item.Flag is { } flag)
                values[slot] = flag ? 1 : 0;
            else
                faults.Add(column, slot, names?[slot], mayMiss ? "a finite number, or null" : "a finite number", item.Found);
        }
    }
}
