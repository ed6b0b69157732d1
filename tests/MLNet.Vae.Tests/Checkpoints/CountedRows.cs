using MLNet.Vae.Data;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Checkpoints;

/// <summary>The same rows; counts the batches that are taken, and crashes instead of giving one of them.</summary>
/// <param name="rows">Live as long.</param>
/// <param name="crash">Which batch, counted from 1 over all epochs; <see langword="null"/>: none.</param>
internal sealed class CountedRows(TrainingRows rows, int? crash)
    : TrainingRows(rows.Layout, rows.Statistics, rows.Scaling, rows.InputScaling, rows.HeldOut, rows.Judged, rows.Device)
{
    public int Given { get; private set; }

    public override long Count => rows.Count;

    public override IEnumerable<Tensor> Batches(int batchSize, int epoch)
    {
        foreach (var batch in rows.Batches(batchSize, epoch))
        {
            if (++Given == crash)
                throw new Crash();
            yield return batch;
        }
    }
}
