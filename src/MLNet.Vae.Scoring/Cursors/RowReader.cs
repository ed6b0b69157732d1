using MLNet.Vae.Runtime;

namespace MLNet.Vae.Cursors;

/// <summary>Copies all that a model reads of a row into a block. One per cursor or row.</summary>
internal sealed class RowReader(InputReader features, InputReader? condition)
{
    /// <summary>Copies the source's current row to row <paramref name="row"/> of the block; <paramref name="fault"/> says why it is refused.</summary>
    public RowState Read(BlockScorer block, int row, long position, out string? fault)
        => Read(block.Features(row), block.Condition(row), position, out fault);

    /// <summary>Copies the source's current row; <paramref name="fault"/> says why it is refused.</summary>
    public RowState Read(Span<float> featuresTo, Span<float> conditionTo, long position, out string? fault)
    {
        var state = features.Read(featuresTo, position, out fault);
        if (condition is null)
        {
            return state;
        }

        var other = condition.Read(conditionTo, position, out var conditionFault);
        fault ??= conditionFault;
        return state > other ? state : other;
    }
}
