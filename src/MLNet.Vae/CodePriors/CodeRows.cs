using Microsoft.ML.Runtime;
using MLNet.Vae.Data;
using MLNet.Vae.Interop;
using MLNet.Vae.Modules;
using MLNet.Vae.Runtime;
using static TorchSharp.torch;

namespace MLNet.Vae.CodePriors;

/// <summary>The codes of rows, by the model as it was exported, and what they are conditioned on.</summary>
/// <param name="Codes">Numbers of entries, <c>[rows, codes]</c>.</param>
/// <param name="Condition">Normalised, <c>[rows, condition]</c>; <see langword="null"/>: none.</param>
internal sealed record CodeRows(Tensor Codes, Tensor? Condition) : IDisposable
{
    // Of codes, 64 MiB: what goes together in so many goes together in all.
    private const long MostCodes = 1 << 23;

    // Rows encoded at a time.
    private const int BlockRows = 4_096;

    public long Count => Codes.size(0);

    /// <summary>
    /// Of the rows that the model was trained on, in another order than theirs, and as many as 8 million codes have at most.
    /// </summary>
    public static CodeRows TrainedOn(IHost host, VaeModel model, TrainingRows data, VaeModelOptions options)
        => Of(host, model, data, options, data.Batches(BlockRows, epoch: 0));

    /// <summary>Of the rows that were held out.</summary>
    public static CodeRows HeldOut(IHost host, VaeModel model, TrainingRows data, VaeModelOptions options)
        => Of(host, model, data, options, data.HeldOut.size(0) == 0 ? [] : [data.HeldOut]);

    public void Dispose()
    {
        Codes.Dispose();
        Condition?.Dispose();
    }

    private static CodeRows Of(IHost host, VaeModel model, TrainingRows data, VaeModelOptions options, IEnumerable<Tensor> batches)
    {
        var info = model.Info;
        using var context = new ScoringContext(new MLNetHost(host), model, options.Scoring, typeof(CodeRows));
        var runs = new ModelRuns(context, info);
        var (codes, conditions, rows) = (new List<long>(), new List<float>(), 0L);
        foreach (var batch in batches)
        {
            options.Training.ThrowIfCancelled();
            var blocks = batch.ToArray().Chunk(data.Layout.Width).ToList();
            var own = data.Layout.Condition == 0 ? null : blocks.ConvertAll(row => row[^data.Layout.Condition..]).ToArray();
            foreach (var row in runs.EncodeCodes(blocks.ConvertAll(row => row[..data.Layout.Features]), own))
                codes.AddRange(row.Select(code => (long)code));
            if (own is not null)
            {
                using var scope = NewDisposeScope();
                conditions.AddRange(data.Batch(batch).Condition!.ToArray());
            }
            rows += blocks.Count;
            if (rows * info.CodeCount >= MostCodes)
                break;
        }
        return new(
            tensor(codes.ToArray(), [rows, info.CodeCount]),
            data.Layout.Condition == 0 ? null : tensor(conditions.ToArray(), [rows, data.Layout.Condition]));
    }
}
