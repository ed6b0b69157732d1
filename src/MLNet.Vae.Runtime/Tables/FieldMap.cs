namespace MLNet.Vae.Tables;

/// <summary>A field with what turns its values into features and back. Immutable.</summary>
internal sealed class FieldMap
{
    // Natural logarithms below the least value of training.
    private const double BelowLogarithms = 20;

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _places;

    public FieldMap(VaeTableField field)
    {
        Field = field;
        Histogram = field.Histogram is { } histogram ? new(histogram) : null;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var category in field.Categories ?? [])
            places.TryAdd(category, places.Count);
        _places = places.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public VaeTableField Field { get; }

    public HistogramMap? Histogram { get; }

    /// <summary>Whether its features are one-hot.</summary>
    public bool IsOneHot => Field.Kind is VaeColumnKind.Categorical or VaeColumnKind.Histogram;

    /// <summary>What stands for the logarithm of a number that has none.</summary>
    public static double BelowAll(VaeHistogram histogram) => Math.Log(histogram.Lower[0]) - BelowLogarithms;

    public void Forget(Span<float> row) => row.Slice(Field.Start, Field.Count).Fill(float.NaN);

    /// <summary>Empty text is missing.</summary>
    public void Write(ReadOnlySpan<char> text, Span<float> row)
    {
        if (text.IsEmpty)
            Forget(row);
        else
            Hot(row, _places.TryGetValue(text, out var place) ? place : Field.Count - 1);
    }

    /// <summary>NaN is missing; a number that is a category is written as its text.</summary>
    public void Write(double value, Span<float> row)
    {
        if (double.IsNaN(value))
        {
            Forget(row);
        }
        else if (Field.Kind == VaeColumnKind.Categorical)
        {
            Write(NumberText.Of(value), row);
        }
        else if (Field.Kind == VaeColumnKind.Histogram)
        {
            Hot(row, value < Histogram!.Least ? Field.Count - 2 : value > Histogram.Greatest ? Field.Count - 1 : Histogram.Bin(value));
        }
        else
        {
            row[Field.Start] = Field.Kind switch
            {
                // Not above 0 it is unlike all that training had, and surprising.
                VaeColumnKind.LogNormal => (float)(value > 0 ? Math.Log(value) : BelowAll(Field.Histogram!)),
                VaeColumnKind.Quantile => (float)Histogram!.Score(value),
                _ => (float)value,
            };
        }
    }

    /// <summary>The number that a feature stands for: the inverse of <see cref="Write(double, Span{float})"/>.</summary>
    public double Value(double feature) => Field.Kind switch
    {
        VaeColumnKind.LogNormal => Math.Exp(feature),
        VaeColumnKind.Quantile => Histogram!.OfScore(feature),
        _ => feature,
    };

    private void Hot(Span<float> row, int place)
    {
        var features = row.Slice(Field.Start, Field.Count);
        features.Clear();
        features[place] = 1;
    }
}
