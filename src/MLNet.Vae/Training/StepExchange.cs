using MLNet.Vae.Groups;
using MLNet.Vae.Modules;
using MLNet.Vae.Training.Steps;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>
/// A step of all ranks of a group: their gradients or, with more than one step of their own in between, their weights (Lin et al. 2018),
/// averaged by rows. One sum over all ranks.
/// </summary>
internal sealed class StepExchange(TrainingGroup group, ParameterVector parameters)
{
    // Behind the vector: rows, three parts of the loss, and three signals.
    private const int Beside = 7;

    private readonly float[] _shared = new float[parameters.Values.numel() + Beside];

    /// <summary>Rows that the last one averaged over, those of all ranks.</summary>
    public long Rows { get; private set; }

    /// <summary>What any rank said beside it.</summary>
    public StepSignals Signals { get; private set; }

    /// <summary>
    /// Rank 0's values on every rank: processors of several kinds may round an equal step differently, and epochs are judged and kept by
    /// all.
    /// </summary>
    /// <param name="vector">Replaced by those of rank 0.</param>
    public void TakeFirst(Tensor vector)
    {
        using var _ = no_grad();
        var count = _shared.Length - Beside;
        Array.Clear(_shared);
        if (group.Rank == 0)
        {
            using var local = vector.cpu();
            local.Values().CopyTo(_shared);
        }
        group.Sum(_shared);
        Put(vector, count, rows: 1);
    }

    /// <param name="vector">Of this rank, replaced by the average; a rank without rows counts for nothing.</param>
    /// <param name="rows">That this rank learned from.</param>
    /// <param name="loss">Summed over them.</param>
    /// <param name="signals">Of this rank.</param>
    /// <returns>The loss summed over the rows of all ranks.</returns>
    public StepLoss Average(Tensor vector, long rows, StepLoss loss, StepSignals signals)
    {
        using var _ = no_grad();
        using var local = vector.cpu();
        var count = _shared.Length - Beside;
        if (rows == 0)
        {
            Array.Clear(_shared);
        }
        else
        {
            var values = local.Values();
            for (var i = 0; i < count; i++)
                _shared[i] = values[i] * rows;
        }
        var beside = _shared.AsSpan(count);
        beside[0] = rows;
        (beside[1], beside[2], beside[3]) = ((float)loss.Reconstruction, (float)loss.Kl, (float)loss.Penalty);
        (beside[4], beside[5], beside[6]) = (Number(signals.IsCancelled), Number(signals.IsTimeOver), Number(signals.IsCheckpointDue));
        group.Sum(_shared);
        (Rows, Signals) = ((long)beside[0], new(beside[4] > 0, beside[5] > 0, beside[6] > 0));
        if (Rows > 0)
            Put(vector, count, Rows);
        return new(beside[1], beside[2], beside[3]);
    }

    private static float Number(bool value) => value ? 1 : 0;

    private void Put(Tensor vector, int count, long rows)
    {
        using var average = empty(count);
        var values = average.Values();
        for (var i = 0; i < count; i++)
            values[i] = _shared[i] / rows;
        vector.copy_(average);
    }
}
