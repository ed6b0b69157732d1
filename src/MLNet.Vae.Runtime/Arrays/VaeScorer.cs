using MLNet.Vae.Arrays;
using MLNet.Vae.Columns;
using MLNet.Vae.Generation;
using MLNet.Vae.Interop;
using MLNet.Vae.Messages;
using MLNet.Vae.Runtime;

namespace MLNet.Vae;

/// <summary>Scores rows of float arrays with a model, in blocks through ONNX Runtime, without ML.NET.</summary>
/// <remarks>
/// <para>
/// Rows are <c>[n, D]</c>, one after the other in one span: n·D values, in the units and the order of training, D
/// <see cref="VaeModelInfo.FeatureCount"/>. A key is its one-hot vector; a sequence its tokens' numbers, from 1, with zeros behind the end.
/// What comes out is as long as n says: shorter spans are refused, and what is beyond is left as it is. L is
/// <see cref="VaeModelInfo.LatentDimension"/>.
/// </para>
/// <para>
/// A conditional model needs the condition in each call: <c>[n, C]</c>, or <c>[C]</c> for all rows, C
/// <see cref="VaeModelInfo.ConditionCount"/>; <see cref="Condition"/> makes the latter of a category's name. Any other model takes none.
/// </para>
/// <para>
/// The values are those of <c>VaeTransformer</c>, bit for bit where a row is scored in a block of as many rows. A row that is not finite,
/// where the model does not take NaN for a missing value, or that is scored and holds what the likelihood cannot have, is an error that
/// names row and slot, or NaN with <see cref="NonFiniteHandling.ReturnNaN"/>. After an error the rows of earlier blocks have been written.
/// </para>
/// <para>
/// Thread-safe. Dispose it to release the native sessions. It keeps its buffers from call to call: as many as calls were made at once.
/// </para>
/// </remarks>
public sealed class VaeScorer : IDisposable
{
    private readonly ScoringHost _host;
    private readonly ScoringContext _context;
    private readonly Lazy<Func<float, float>> _pValue;
    private readonly ArrayBlocks _mean, _posterior, _reconstruction, _score, _contributions, _classes;

    internal VaeScorer(ScoringHost host, VaeModel model, VaeScoringOptions options)
    {
        string[] faults = [.. options.Faults()];
        if (faults.Length > 0)
            throw host.Process(new ArgumentException(ScoringMessages.Faults("The model cannot score like this", faults), nameof(options)));
        (_host, Model) = (host, model);
        _context = new(host, model, options, typeof(VaeScorer));
        _pValue = new(model.Info.PValue);
        _mean = Blocks(ModelOutputs.Embedding);
        _posterior = Blocks(ModelOutputs.Embedding, ModelOutputs.LogSigma);
        _reconstruction = Blocks(ModelOutputs.Reconstruction);
        _score = Blocks(ModelOutputs.Score);
        _contributions = Blocks(ModelOutputs.Score, ModelOutputs.Contributions);
        _classes = Blocks(ModelOutputs.ClassProbabilities);

        ArrayBlocks Blocks(params ModelOutput[] outputs) => new(_context, model.Info, outputs);
    }

    /// <summary>The trained model.</summary>
    public VaeModel Model { get; }

    /// <summary>Rows that every method scores in one run.</summary>
    internal int BlockSize => Math.Min(_contributions.BlockSize, _posterior.BlockSize);

    /// <summary>Embeds rows: the posterior mean, of a vector-quantised model the entries of the codebook, side by side.</summary>
    /// <param name="rows"><c>[n, D]</c>.</param>
    /// <param name="embedding">Takes <c>[n, L]</c>.</param>
    /// <param name="condition"><c>[n, C]</c> or <c>[C]</c>; empty without one.</param>
    /// <exception cref="ArgumentException">A span is of another length, or a row is not finite; says which.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime's native library, first touched here, cannot be used.</exception>
    /// <exception cref="ObjectDisposedException">The scorer was disposed.</exception>
    public void Encode(ReadOnlySpan<float> rows, Span<float> embedding, ReadOnlySpan<float> condition = default)
        => EncodeBlocks(rows, embedding, condition, default);

    /// <summary>Embeds rows as <see cref="Encode"/> does, and gives up between two blocks if asked to.</summary>
    internal void EncodeBlocks(
        ReadOnlySpan<float> rows, Span<float> embedding, ReadOnlySpan<float> condition, CancellationToken cancellation)
        => Run(_mean, rows, condition, embedding, nameof(embedding), cancellation: cancellation);

    /// <summary>The posterior of rows: its mean, and the natural log of its standard deviation.</summary>
    /// <param name="rows"><c>[n, D]</c>.</param>
    /// <param name="mean">Takes <c>[n, L]</c>.</param>
    /// <param name="logSigma">Takes <c>[n, L]</c>.</param>
    /// <param name="condition"><c>[n, C]</c> or <c>[C]</c>; empty without one.</param>
    /// <exception cref="ArgumentException">As for <see cref="Encode"/>.</exception>
    /// <exception cref="InvalidOperationException">
    /// The latent variable has no standard deviation; or as for <see cref="Encode"/>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The scorer was disposed.</exception>
    public void Posterior(ReadOnlySpan<float> rows, Span<float> mean, Span<float> logSigma, ReadOnlySpan<float> condition = default)
    {
        if (!Model.Info.HasLogSigma)
            throw _host.Process(new InvalidOperationException(ArrayMessages.NotGiven("log σ", Model.Info)));
        Run(_posterior, rows, condition, mean, nameof(mean), logSigma, nameof(logSigma));
    }

    /// <summary>What the model makes of rows: the mean of p(x | z) at the posterior mean, in the units of the features.</summary>
    /// <param name="rows"><c>[n, D]</c>.</param>
    /// <param name="reconstruction">
    /// Takes <c>[n, D]</c>; of a model with a target <c>[n, <see cref="VaeModelInfo.TargetCount"/>]</c>, in its units.
    /// </param>
    /// <param name="condition"><c>[n, C]</c> or <c>[C]</c>; empty without one.</param>
    /// <exception cref="ArgumentException">As for <see cref="Encode"/>.</exception>
    /// <exception cref="InvalidOperationException">The model was loaded from an encoder alone; or as for <see cref="Encode"/>.</exception>
    /// <exception cref="ObjectDisposedException">The scorer was disposed.</exception>
    public void Reconstruct(ReadOnlySpan<float> rows, Span<float> reconstruction, ReadOnlySpan<float> condition = default)
    {
        Require(nameof(VaeColumns.Reconstruction), needsScore: false);
        Run(_reconstruction, rows, condition, reconstruction, nameof(reconstruction));
    }

    /// <summary>How anomalous rows are, as <see cref="VaeModelInfo.ScoreKind"/> says: higher is more anomalous.</summary>
    /// <param name="rows"><c>[n, D]</c>.</param>
    /// <param name="scores">Takes <c>[n]</c>.</param>
    /// <param name="condition"><c>[n, C]</c> or <c>[C]</c>; empty without one.</param>
    /// <exception cref="ArgumentException">
    /// As for <see cref="Encode"/>; or a row holds what the likelihood cannot have, and so has no score.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The model was loaded from an encoder alone, or reconstructs a target; or as for <see cref="Encode"/>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The scorer was disposed.</exception>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores, ReadOnlySpan<float> condition = default)
    {
        Require(nameof(VaeColumns.Score), needsScore: true);
        Run(_score, rows, condition, scores, nameof(scores));
    }

    /// <summary>How anomalous rows are, and the share that each feature has in it, in one run.</summary>
    /// <param name="rows"><c>[n, D]</c>.</param>
    /// <param name="scores">Takes <c>[n]</c>.</param>
    /// <param name="contributions">Takes <c>[n, D]</c>.</param>
    /// <param name="condition"><c>[n, C]</c> or <c>[C]</c>; empty without one.</param>
    /// <exception cref="ArgumentException">As for <see cref="Score"/>.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="Score"/>.</exception>
    /// <exception cref="ObjectDisposedException">The scorer was disposed.</exception>
    public void Contributions(
        ReadOnlySpan<float> rows, Span<float> scores, Span<float> contributions, ReadOnlySpan<float> condition = default)
    {
        Require(nameof(VaeColumns.Contributions), needsScore: true);
        Run(_contributions, rows, condition, scores, nameof(scores), contributions, nameof(contributions));
    }

    /// <summary>The probability of each class, of a semi-supervised model.</summary>
    /// <param name="rows"><c>[n, D]</c>.</param>
    /// <param name="probabilities">Takes <c>[n, <see cref="VaeModelInfo.ClassCount"/>]</c>.</param>
    /// <param name="condition"><c>[n, C]</c> or <c>[C]</c>; empty without one.</param>
    /// <exception cref="ArgumentException">As for <see cref="Encode"/>.</exception>
    /// <exception cref="InvalidOperationException">The model has no classes; or as for <see cref="Encode"/>.</exception>
    /// <exception cref="ObjectDisposedException">The scorer was disposed.</exception>
    public void ClassProbabilities(ReadOnlySpan<float> rows, Span<float> probabilities, ReadOnlySpan<float> condition = default)
    {
        if (Model.Info.ClassCount == 0)
            throw _host.Process(new InvalidOperationException(ArrayMessages.NotGiven("probabilities of classes", Model.Info)));
        Run(_classes, rows, condition, probabilities, nameof(probabilities));
    }

    /// <summary>Whether a row of this score is predicted anomalous: whether it does not lie at or below the threshold.</summary>
    /// <param name="score">As <see cref="Score"/> gave it; NaN is no evidence that a row is normal, and counts as above.</param>
    /// <exception cref="InvalidOperationException">The model has no threshold.</exception>
    public bool PredictedLabel(float score) => Model.Info.Threshold is null
        ? throw _host.Process(new InvalidOperationException(ArrayMessages.NoThreshold()))
        : Model.Info.IsAboveThreshold(score);

    /// <summary>The share of normal rows that score as high, above 0 and at most 1.</summary>
    /// <param name="score">As <see cref="Score"/> gave it; NaN has the least.</param>
    /// <exception cref="InvalidOperationException">The model has no calibration scores.</exception>
    public float PValue(float score) => Model.Info.CalibrationRows == 0
        ? throw _host.Process(new InvalidOperationException(ArrayMessages.NoCalibration()))
        : _pValue.Value(score);

    /// <summary>A condition as the methods take it for all rows.</summary>
    /// <param name="condition">A category by its name, a number, true or false, or a vector; see <see cref="VaeConditionValue"/>.</param>
    /// <returns><c>[C]</c>, anew.</returns>
    /// <exception cref="ArgumentException">The model does not know it, or has no condition.</exception>
    public float[] Condition(VaeConditionValue condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return [.. new GeneratorArguments(_host, Model).Condition(nameof(condition), condition)!];
    }

    /// <summary>Releases the native sessions. Calling it again does nothing.</summary>
    public void Dispose()
    {
        foreach (var blocks in new[] { _mean, _posterior, _reconstruction, _score, _contributions, _classes })
            blocks.Dispose();
        _context.Dispose();
    }

    private void Require(string output, bool needsScore)
    {
        if (!Model.IsComplete)
            throw _host.Process(new InvalidOperationException(ScoringMessages.EncoderOnly([output])));
        if (needsScore && !Model.Info.HasScore)
            throw _host.Process(new InvalidOperationException(ScoringMessages.NoScore([output])));
    }

    private void Run(
        ArrayBlocks blocks, ReadOnlySpan<float> rows, ReadOnlySpan<float> condition, Span<float> first, string firstName,
        Span<float> second = default, string? secondName = null, CancellationToken cancellation = default)
    {
        var (features, width) = (Model.Info.FeatureCount, Model.Info.ConditionCount);
        if (rows.Length % features != 0)
            throw _host.Process(new ArgumentException(ArrayMessages.NoWholeRows(features, rows.Length), nameof(rows)));
        var count = rows.Length / features;
        if (condition.Length != width && (width == 0 || condition.Length != (long)count * width))
            throw _host.Process(new ArgumentException(ArrayMessages.Condition(count, width, condition.Length), nameof(condition)));
        RequireRoom(first.Length, 0, firstName);
        if (secondName is not null)
            RequireRoom(second.Length, 1, secondName);
        blocks.Run(count, rows, condition, first, second, cancellation);

        void RequireRoom(int found, int output, string name)
        {
            if (found < (long)count * blocks.Width(output))
                throw _host.Process(new ArgumentException(ArrayMessages.TooShort(count, blocks.Width(output), found), name));
        }
    }
}
