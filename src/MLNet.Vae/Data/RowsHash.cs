using System.IO.Hashing;
using System.Runtime.InteropServices;
using MLNet.Vae.Groups;

namespace MLNet.Vae.Data;

/// <summary>
/// XxHash128 of the values of rows in their order, or of rows that ranks of a group may share among them in any way: the sum of the hashes
/// of all rows, whatever their order.
/// </summary>
/// <param name="width">Values of a row.</param>
/// <param name="isOfRanks">Whether rows may be shared among ranks, of which there may be one.</param>
internal sealed class RowsHash(int width, bool isOfRanks)
{
    private readonly XxHash128 _inOrder = new();
    private UInt128 _sum;

    public void Add(FeatureBlock block)
    {
        if (!isOfRanks)
        {
            _inOrder.Append(MemoryMarshal.AsBytes(block.Values.Span));
            return;
        }
        for (var i = 0; i < block.Rows; i++)
            _sum += XxHash128.HashToUInt128(MemoryMarshal.AsBytes(block.Values.Span.Slice(i * width, width)));
    }

    /// <summary>In hexadecimal, the same on all ranks.</summary>
    public string Of(TrainingGroup group)
    {
        if (!isOfRanks)
            return Convert.ToHexStringLower(_inOrder.GetCurrentHash());
        var all = group.Each<UInt128>([_sum]).Aggregate(UInt128.Zero, (sum, rank) => sum + rank);
        return FormattableString.Invariant($"{all:x32}");
    }
}
