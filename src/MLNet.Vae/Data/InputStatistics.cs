using MLNet.Vae.Groups;

namespace MLNet.Vae.Data;

/// <summary>Statistics of features as the encoder reads them, where the likelihood sees them otherwise.</summary>
internal sealed class InputStatistics
{
    private readonly InputNormalization[] _normalizations;
    private readonly int _width;
    private readonly ColumnStatistics _statistics;
    private float[] _transformed = [];

    private InputStatistics(InputNormalization[] normalizations, RowLayout layout)
    {
        (_normalizations, _width) = (normalizations, layout.Width);
        _statistics = new(normalizations.Length, layout.Mask is not null);
    }

    /// <returns><see langword="null"/>: encoder and likelihood see the same.</returns>
    public static InputStatistics? For(RowLayout layout, VaeModelOptions options)
    {
        InputNormalization[] normalizations =
        [
            .. Enumerable.Range(0, layout.Features).Select(feature => options.InputNormalizationOf(feature, layout)),
        ];
        return Enumerable
            .Range(0, layout.Features)
            .All(feature => normalizations[feature] == new InputNormalization(options.NormalizationOf(feature, layout)))
            ? null
            : new(normalizations, layout);
    }

    public void Add(FeatureBlock block)
    {
        var features = _normalizations.Length;
        if (_transformed.Length < block.Rows * features)
            _transformed = new float[block.Rows * features];
        for (var row = 0; row < block.Rows; row++)
        {
            var values = block.Values.Span.Slice(row * _width, features);
            for (var j = 0; j < features; j++)
                _transformed[row * features + j] = InputScaling.Transformed(values[j], _normalizations[j].Log1p);
        }
        _statistics.Add(new(_transformed.AsMemory(0, block.Rows * features), block.Rows));
    }

    /// <inheritdoc cref="ColumnStatistics.Merge"/>
    public void Merge(TrainingGroup group) => _statistics.Merge(group);

    /// <param name="far">Columns of which few rows have the spread.</param>
    public InputScaling Scaling(IReadOnlyList<FarColumn> far) =>
        new(
            [.. _normalizations.Select(normalization => normalization.Log1p)],
            _statistics.Scaling(
                feature => _normalizations[feature].Scaling,
                isReconstructed: _ => false,
                [.. far.Where(column => column.Slot < _normalizations.Length && !_normalizations[column.Slot].Log1p)]
            )
        );
}
