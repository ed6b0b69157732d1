using MLNet.Vae.Graphs;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Runtime;

/// <summary>
/// The graphs of a model over rows in memory. Rows and conditions were checked; conditions are one for each row, or null without.
/// Thread-safe.
/// </summary>
internal sealed class ModelRuns(ScoringContext context, VaeModelInfo info)
{
    /// <summary>Posterior mean, <c>[n][L]</c>.</summary>
    public float[][] Encode(IReadOnlyList<float[]> rows, float[][]? conditions)
        => Run(GraphInterface.Encoder, rows.Count, [Features(rows), .. Condition(conditions)], (TensorNames.Mean, info.LatentDimension))[0];

    /// <summary>Numbers of the codebook's entries, from 0, <c>[n][codes]</c>, of a model that has them.</summary>
    public int[][] EncodeCodes(IReadOnlyList<float[]> rows, float[][]? conditions)
    {
        var found = Run(
            GraphInterface.Encoder, rows.Count, [Features(rows), .. Condition(conditions)], (TensorNames.Codes, info.CodeCount));
        return Array.ConvertAll(found[0], numbers => Array.ConvertAll(numbers, number => (int)number));
    }

    /// <summary>Posterior mean of each category of a model of categories without a condition, <c>[D][L]</c>.</summary>
    public float[][] EncodeCategories()
    {
        var categories = new RowSource(TensorNames.Features, info.FeatureCount, (category, to) =>
        {
            to.Clear();
            to[category] = 1;
        });
        return Run(GraphInterface.Encoder, info.FeatureCount, [categories], (TensorNames.Mean, info.LatentDimension))[0];
    }

    /// <summary>The score of each of <c>[n, features + condition]</c>, row-major, <c>[n]</c>.</summary>
    public float[] Scores(ReadOnlyMemory<float> rows) => Array.ConvertAll(Scored(rows, TensorNames.Score, 1), score => score[0]);

    /// <summary>E[x | z = posterior mean] of each of <c>[n, features + condition]</c>, row-major, <c>[n][D]</c>.</summary>
    public float[][] Reconstructions(ReadOnlyMemory<float> rows) => Scored(rows, TensorNames.Reconstruction, info.ReconstructionCount);

    private float[][] Scored(ReadOnlyMemory<float> rows, string tensor, int size)
    {
        var (features, condition) = (info.FeatureCount, info.ConditionCount);
        var width = features + condition;
        RowSource[] inputs =
        [
            new(TensorNames.Features, features, (row, to) => rows.Span.Slice(row * width, features).CopyTo(to)),
            new(TensorNames.Condition, condition, (row, to) => rows.Span.Slice((row * width) + features, condition).CopyTo(to)),
        ];
        return Run(GraphInterface.Scorer, rows.Length / width, condition == 0 ? inputs[..1] : inputs, (tensor, size))[0];
    }

    /// <summary>Posterior mean and log σ, <c>[n][L]</c>, of a model that has both.</summary>
    public (float[][] Mean, float[][] LogSigma) Posterior(IReadOnlyList<float[]> rows, float[][]? conditions)
    {
        var found = Run(
            GraphInterface.Encoder, rows.Count, [Features(rows), .. Condition(conditions)],
            (TensorNames.Mean, info.LatentDimension), (TensorNames.LogSigma, info.LatentDimension));
        return (found[0], found[1]);
    }

    /// <summary>E[x | z], <c>[n][D]</c>.</summary>
    public float[][] Decode(IReadOnlyList<float[]> codes, float[][]? conditions) =>
        Run(
            GraphInterface.Decoder,
            codes.Count,
            [Latent(codes), .. Condition(conditions)],
            (TensorNames.Reconstruction, info.ReconstructionCount)
        )[0];

    /// <summary>x ~ p(x | z), <c>[n][D]</c>; <paramref name="noise"/> writes what the draw of a row is made of.</summary>
    public float[][] Draw(IReadOnlyList<float[]> codes, float[][]? conditions, Action<int, Span<float>> noise)
        => Run(
            GraphInterface.Draw, codes.Count,
            [Latent(codes), .. Condition(conditions), new(TensorNames.OutputNoise, info.NoiseCount, noise)],
            (TensorNames.Draw, info.ReconstructionCount))[0];

    /// <summary>Mean and log σ of a learned prior, <c>[n][L]</c>: each level's from the level above in <paramref name="codes"/>.</summary>
    public (float[][] Mean, float[][] LogSigma) Prior(IReadOnlyList<float[]> codes, float[][]? conditions)
    {
        var found = Run(
            GraphInterface.Prior, codes.Count, [Latent(codes), .. Condition(conditions)],
            (TensorNames.PriorMean, info.LatentDimension), (TensorNames.PriorLogSigma, info.LatentDimension));
        return (found[0], found[1]);
    }

    /// <summary>One step of a prior over codes, of a model that has one.</summary>
    public (float[][] Logits, float[][] Memories) CodePrior(float[][] inputs, float[][] memories, float[][]? conditions)
    {
        var (width, units) = (inputs[0].Length, memories[0].Length);
        var found = Run(
            GraphInterface.CodePrior,
            inputs.Length,
            [
                RowSource.Of(TensorNames.CodePriorInput, width, inputs),
                RowSource.Of(TensorNames.CodePriorMemory, units, memories),
                .. Condition(conditions),
            ],
            (TensorNames.CodePriorLogits, info.CodebookSize),
            (TensorNames.CodePriorNextMemory, units));
        return (found[0], found[1]);
    }

    /// <summary>Logits of all fields of rows of a table, of a model with what draws them.</summary>
    public float[][] RowLogits(IReadOnlyList<float[]> codes, float[][] known, int width)
        => Run(
            GraphInterface.RowSampler, codes.Count,
            [Latent(codes), RowSource.Of(TensorNames.RowSamplerInput, known[0].Length, known)],
            (TensorNames.RowSamplerLogits, width))[0];

    private float[][][] Run(string graph, int count, IReadOnlyList<RowSource> inputs, params (string Tensor, int Width)[] outputs)
        => context.Graph(graph).Run(count, inputs, outputs);

    private RowSource Features(IReadOnlyList<float[]> rows) => RowSource.Of(TensorNames.Features, info.FeatureCount, rows);

    private RowSource Latent(IReadOnlyList<float[]> codes) => RowSource.Of(TensorNames.Latent, info.LatentDimension, codes);

    private IEnumerable<RowSource> Condition(float[][]? conditions)
        => conditions is null ? [] : [RowSource.Of(TensorNames.Condition, info.ConditionCount, conditions)];
}
