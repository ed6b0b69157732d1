using System.Buffers;
using System.Globalization;
using MLNet.Vae.Drift;
using MLNet.Vae.Rows;
using MLNet.Vae.Saving;

namespace MLNet.Vae.Models;

/// <summary>
/// A model with what scores by it. Thread-safe; whoever uses it enters it, and the last to leave after <see cref="Retire"/> releases the
/// native sessions.
/// </summary>
internal sealed class ServedModel
{
    // Rows are read so many values at a time: a body of few bytes may have as many rows as it likes, each as wide as the model.
    private const int MaximumFloats = 1 << 20;

    private readonly VaeScorer _scorer;
    private readonly bool _refuses, _hasScore, _hasContributions, _hasEmbedding;
    private readonly string[] _contributionNames;

    // Of each feature the place of its name.
    private readonly int[] _owners;

    // Users, and one for not being retired. Changed by compare and exchange alone.
    private int _users = 1;

    private ServedModel(VaeModel model, RowReader reader, VaeHostingOptions options, DateTimeOffset loadedAt)
    {
        var (info, columns) = (model.Info, model.Info.Columns);
        (Info, Reader, LoadedAt) = (info, reader, loadedAt);
        _hasContributions = columns.Contributions is not null || info.Table?.ContributionsColumn is not null;
        _hasScore = _hasContributions || (columns.Score ?? columns.PredictedLabel ?? columns.PValue) is not null;
        _hasEmbedding = columns.Embedding is not null;
        _contributionNames = info.Table is { } table
            ? [.. table.Modelled.Select(column => column.Name)]
            : [.. Enumerable.Range(0, info.FeatureCount).Select(slot => NameOf(info, slot))];
        _owners = info.Table?.ColumnOfFeatures() ?? [.. Enumerable.Range(0, info.FeatureCount)];
        _refuses = options.Scoring.NonFiniteInput == NonFiniteHandling.Throw;
        // The reader refuses what is to be refused, and says where.
        _scorer = model.CreateScorer(options.Scoring with { NonFiniteInput = NonFiniteHandling.ReturnNaN });
        var bins = info.Calibration is { } calibration ? ScoreBins.Of(calibration) : null;
        Window = new(options.WindowRows, bins, info.Threshold is not null);
    }

    public VaeModelInfo Info { get; }

    public RowReader Reader { get; }

    public DateTimeOffset LoadedAt { get; }

    /// <summary>The last rows that it has scored.</summary>
    public ScoreWindow Window { get; }

    /// <summary>Whether its sessions are released.</summary>
    public bool IsReleased => Volatile.Read(ref _users) == 0;

    /// <summary>Reads a model, checks it and scores a row by it, so that no request waits for that.</summary>
    /// <param name="options">Which file, and how it is scored.</param>
    /// <param name="loadedAt">The time.</param>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or foreign.</exception>
    /// <exception cref="NotSupportedException">The model cannot be served.</exception>
    public static ServedModel Load(VaeHostingOptions options, DateTimeOffset loadedAt)
    {
        var model = SavedFile.Read(options.ModelPath);
        var reader = RowReader.Of(model.Info);
        var served = new ServedModel(model, reader, options, loadedAt);
        try
        {
            if (!served._hasScore && !served._hasEmbedding)
            {
                throw new NotSupportedException(
                    "The model was saved from a pipeline that adds neither score nor embedding: expected one of them. Name the column with "
                        + "WithColumns(...) and save it again.");
            }
            if (served._hasScore && (!model.IsComplete || !model.Info.HasScore))
            {
                throw new NotSupportedException(
                    "The model has no score, as it has no decoder or reconstructs a target: expected a scorer.onnx, or a model.zip whose "
                        + "pipeline adds the embedding alone.");
            }
            served.Score(1, new float[model.Info.FeatureCount], new float[model.Info.ConditionCount]);
            return served;
        }
        catch
        {
            served.Retire();
            throw;
        }
    }

    /// <returns>Whether it may be used, until <see cref="Leave"/>; otherwise it is over, and another is there.</returns>
    public bool TryEnter()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var found = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (found == users)
                return true;
            users = found;
        }
        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            _scorer.Dispose();
    }

    /// <summary>Ends it once the last has left. Called once.</summary>
    public void Retire() => Leave();

    /// <summary>Reads rows and scores them.</summary>
    /// <exception cref="VaeRowException">Rows cannot be scored.</exception>
    public VaeRowResult[] Score<TRow>(ReadOnlySpan<TRow> rows, bool isBatch) where TRow : IRow
    {
        var (width, conditionWidth) = (Info.FeatureCount, Info.ConditionCount);
        var most = Math.Clamp(MaximumFloats / (width + conditionWidth), 1, Math.Max(1, rows.Length));
        var features = ArrayPool<float>.Shared.Rent(most * width);
        var condition = ArrayPool<float>.Shared.Rent(most * conditionWidth);
        try
        {
            var faults = new RowFaults(isBatch);
            var results = new VaeRowResult[rows.Length];
            for (var start = 0; start < rows.Length && !faults.IsFull; start += most)
            {
                var part = rows.Slice(start, Math.Min(most, rows.Length - start));
                for (var row = 0; row < part.Length && !faults.IsFull; row++)
                {
                    faults.Row = start + row;
                    var ofRow = condition.AsSpan(row * conditionWidth, conditionWidth);
                    Reader.Read(part[row], features.AsSpan(row * width, width), ofRow, faults, _refuses);
                }
                if (faults.Count == 0)
                {
                    Score(part.Length, features.AsSpan(0, part.Length * width), condition.AsSpan(0, part.Length * conditionWidth))
                        .CopyTo(results, start);
                }
            }
            faults.Throw();
            return results;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(features);
            ArrayPool<float>.Shared.Return(condition);
        }
    }

    /// <summary>Scores features that no columns were read for.</summary>
    /// <param name="rows"><c>[n, D]</c>.</param>
    /// <param name="isBatch">Whether rows have numbers.</param>
    /// <exception cref="VaeRowException">Rows cannot be scored.</exception>
    public VaeRowResult[] Score(ReadOnlySpan<float> rows, bool isBatch)
    {
        var count = rows.Length / Info.FeatureCount;
        var faults = new RowFaults(isBatch);
        for (var row = 0; row < count && _refuses && !faults.IsFull; row++)
        {
            faults.Row = row;
            Reader.Judge(rows.Slice(row * Info.FeatureCount, Info.FeatureCount), faults);
        }
        faults.Throw();
        return Score(count, rows, []);
    }

    private VaeRowResult[] Score(int count, ReadOnlySpan<float> features, ReadOnlySpan<float> condition)
    {
        var (width, latents) = (Info.FeatureCount, Info.LatentDimension);
        var scores = new float[_hasScore ? count : 0];
        var contributions = _hasContributions ? ArrayPool<float>.Shared.Rent(count * width) : [];
        var embedding = _hasEmbedding ? ArrayPool<float>.Shared.Rent(count * latents) : [];
        try
        {
            if (_hasContributions)
                _scorer.Contributions(features, scores, contributions, condition);
            else if (_hasScore)
                _scorer.Score(features, scores, condition);
            if (_hasEmbedding)
                _scorer.Encode(features, embedding, condition);
            var results = new VaeRowResult[count];
            for (var row = 0; row < count; row++)
            {
                results[row] = new()
                {
                    Score = _hasScore ? scores[row] : null,
                    PredictedLabel = _hasScore && Info.Threshold is not null ? _scorer.PredictedLabel(scores[row]) : null,
                    PValue = _hasScore && Info.CalibrationRows > 0 ? _scorer.PValue(scores[row]) : null,
                    Contributions = _hasContributions ? Named(contributions.AsSpan(row * width, width)) : null,
                    Embedding = _hasEmbedding ? embedding.AsSpan(row * latents, latents).ToArray() : null,
                };
            }
            return results;
        }
        finally
        {
            if (_hasContributions)
                ArrayPool<float>.Shared.Return(contributions);
            if (_hasEmbedding)
                ArrayPool<float>.Shared.Return(embedding);
        }
    }

    private Dictionary<string, float> Named(ReadOnlySpan<float> contributions)
    {
        var sums = new float[_contributionNames.Length];
        for (var feature = 0; feature < contributions.Length; feature++)
            sums[_owners[feature]] += contributions[feature];
        var named = new Dictionary<string, float>(sums.Length);
        for (var i = 0; i < sums.Length; i++)
            named[_contributionNames[i]] = sums[i];
        return named;
    }

    private static string NameOf(VaeModelInfo info, int slot)
        => info.FeatureNames?[slot] is { Length: > 0 } name && info.FeatureNames.Count(other => other == name) == 1
            ? name
            : slot.ToString(CultureInfo.InvariantCulture);
}
