using System.Globalization;

namespace MLNet.Vae.Partitions;

/// <summary>Scores the rows of a partition and writes them, each as if it were alone: where a partition ends is not seen.</summary>
/// <remarks>
/// The last digit of a sum depends on the order of its terms, and ONNX Runtime's on where a row lies in memory: Eigen's sums begin with the
/// terms before the first that lies at a multiple of 16 bytes, and what is left over at the end of a tensor is computed one by one. So all
/// runs have as many rows, rows lie at places a multiple of 16 bytes apart whatever the widths inside the model, and the last places hold
/// copies.
/// </remarks>
internal sealed class PartitionScorer
{
    // Of floats in 16 bytes; and more rows than a tensor leaves over.
    private const int Aligned = 4, LastRows = 16;

    private readonly VaeScorer _scorer;
    private readonly VaeJobOutputs _outputs;
    private readonly int _step, _most, _places;
    private readonly float[] _features, _condition, _scores, _contributions, _embedding, _sums;

    // Of each feature the place of its column in a table; null: the model has none.
    private readonly int[]? _owners;
    private int _count;
    private long _rows;

    public PartitionScorer(VaeScorer scorer, VaeJobOutputs outputs)
    {
        (_scorer, _outputs) = (scorer, outputs);
        var info = scorer.Model.Info;
        _places = scorer.BlockSize;
        _step = IsAligned(info) ? 1 : Aligned;
        _most = Math.Max(1, (_places - LastRows) / _step);
        _features = new float[_places * info.FeatureCount];
        _condition = new float[_places * info.ConditionCount];
        _scores = new float[_places];
        _contributions = new float[Has(VaeJobOutputs.Contributions) ? _features.Length : 0];
        _owners = info.Table?.ColumnOfFeatures();
        _sums = new float[info.Table?.Modelled.Count ?? 0];
        _embedding = new float[Has(VaeJobOutputs.Embedding) ? _places * info.LatentDimension : 0];
    }

    private VaeModelInfo Info => _scorer.Model.Info;

    /// <summary>What a model does not give of what is asked for, a clause each.</summary>
    public static IEnumerable<string> Faults(VaeModel model, VaeJobOutputs outputs)
    {
        var ofScore = outputs & ~VaeJobOutputs.Embedding;
        if (ofScore != 0 && !model.IsComplete)
            yield return $"{ofScore} needs a decoder, which the model, of an encoder.onnx, has not";
        else if (ofScore != 0 && !model.Info.HasScore)
            yield return $"{ofScore} needs a model that scores its features, and it reconstructs a target";
        if (outputs.HasFlag(VaeJobOutputs.PredictedLabel) && model.Info.Threshold is null)
            yield return $"{nameof(VaeJobOutputs.PredictedLabel)} needs a threshold, which the model has not";
        if (outputs.HasFlag(VaeJobOutputs.PValue) && model.Info.CalibrationRows == 0)
            yield return $"{nameof(VaeJobOutputs.PValue)} needs calibration scores, which the model has not";
    }

    /// <param name="blocks">Rows <c>[n, features + condition]</c>.</param>
    /// <param name="destination">Takes a line for each.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Rows.</returns>
    public long Run(IEnumerable<ReadOnlyMemory<float>> blocks, Stream destination, CancellationToken cancellation)
    {
        var writer = new LineWriter(destination);
        var (features, width) = (Info.FeatureCount, Info.FeatureCount + Info.ConditionCount);
        foreach (var block in blocks)
        {
            if (block.Length % width != 0)
                throw new InvalidDataException(NoWholeRows(width, block.Length));
            for (var rows = block.Span; rows.Length > 0; rows = rows[width..])
            {
                var place = _count * _step;
                rows[..features].CopyTo(_features.AsSpan(place * features));
                rows[features..width].CopyTo(_condition.AsSpan(place * (width - features)));
                if (++_count == _most)
                    Score(writer, cancellation);
            }
        }
        if (_count > 0)
            Score(writer, cancellation);
        writer.Flush();
        return _rows;
    }

    /// <summary>Whether all sums of a row are of a multiple of as many terms, so that rows next to each other lie right.</summary>
    private static bool IsAligned(VaeModelInfo info) => info.FeatureCount % Aligned == 0
        && info.LatentDimension % Aligned == 0
        && info.LatentKind == VaeLatentKind.Gaussian
        && info.Table is null
        && !info.Likelihood.StartsWith("mixed", StringComparison.Ordinal)
        && info.ScoreKind is VaeScoreKind.ReconstructionError or VaeScoreKind.NegativeElbo or VaeScoreKind.NeighborDistance;

    /// <summary>Copies rows to the places between them and behind.</summary>
    private void FillUp(float[] values, int width)
    {
        for (var place = 0; place < _places; place++)
        {
            var from = Math.Min(place / _step, _count - 1) * _step;
            if (place != from)
                values.AsSpan(from * width, width).CopyTo(values.AsSpan(place * width));
        }
    }

    private void Score(LineWriter writer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        FillUp(_features, Info.FeatureCount);
        FillUp(_condition, Info.ConditionCount);
        try
        {
            Score(_features, _condition);
        }
        catch (ArgumentException fault)
        {
            throw OfRow(fault);
        }
        for (var row = 0; row < _count; row++)
            Write(writer, row * _step);
        _rows += _count;
        _count = 0;
    }

    private void Score(ReadOnlySpan<float> features, ReadOnlySpan<float> condition)
    {
        if (Has(VaeJobOutputs.Contributions))
            _scorer.Contributions(features, _scores, _contributions, condition);
        else if ((_outputs & ~VaeJobOutputs.Embedding) != 0)
            _scorer.Score(features, _scores, condition);
        if (Has(VaeJobOutputs.Embedding))
            _scorer.Encode(features, _embedding, condition);
    }

    /// <summary>The fault of a run as that of a row of the partition: the scorer knows places alone.</summary>
    private InvalidDataException OfRow(ArgumentException ofRun)
    {
        for (var row = 0; row < _count; row++)
        {
            var (features, condition) = (Info.FeatureCount, Info.ConditionCount);
            try
            {
                Score(
                    _features.AsSpan(row * _step * features, features), _condition.AsSpan(row * _step * condition, condition));
            }
            catch (ArgumentException fault)
            {
                return new(
                    FormattableString.Invariant($"Row {_rows + row:N0} of the partition (counted from 0), by itself: {fault.Message}"));
            }
        }
        return new(ofRun.Message, ofRun);
    }

    private void Write(LineWriter writer, int place)
    {
        if (Has(VaeJobOutputs.Score))
            writer.Add(_scores[place]);
        if (Has(VaeJobOutputs.PredictedLabel))
            writer.Add(_scorer.PredictedLabel(_scores[place]) ? 1 : 0);
        if (Has(VaeJobOutputs.PValue))
            writer.Add(_scorer.PValue(_scores[place]));
        if (Has(VaeJobOutputs.Embedding))
            Add(_embedding, Info.LatentDimension);
        if (Has(VaeJobOutputs.Contributions))
            AddContributions();
        writer.EndLine();

        void AddContributions()
        {
            if (_owners is null)
            {
                Add(_contributions, Info.FeatureCount);
                return;
            }
            Array.Clear(_sums);
            for (var feature = 0; feature < _owners.Length; feature++)
                _sums[_owners[feature]] += _contributions[(place * _owners.Length) + feature];
            foreach (var sum in _sums)
                writer.Add(sum);
        }

        void Add(float[] values, int width)
        {
            foreach (var value in values.AsSpan(place * width, width))
                writer.Add(value);
        }
    }

    private bool Has(VaeJobOutputs output) => _outputs.HasFlag(output);

    private static string NoWholeRows(int width, int found) => string.Create(
        CultureInfo.InvariantCulture,
        $"The reader of the partition gave {found:N0} numbers: expected rows of {width:N0}, one after the other. Correct the reader.");
}
