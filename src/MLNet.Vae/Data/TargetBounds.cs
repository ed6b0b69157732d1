using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary>
/// What a model is to give, in training, of a column that a few values are left out of the scaling of: a number within the range of the
/// others, 0 to 1, or their one value, 0. A Bernoulli likelihood has nothing else, and another is not to be pulled towards these few.
/// </summary>
internal sealed class TargetBounds : IDisposable
{
    private readonly Tensor _lower, _upper;

    private TargetBounds(float[] lower, float[] upper, Device device)
        => (_lower, _upper) = (tensor(lower, device: device), tensor(upper, device: device));

    /// <returns><see langword="null"/>: no column is so scaled.</returns>
    public static TargetBounds? Of(IReadOnlyList<FarColumn> far, RowLayout layout, Device device)
    {
        var first = layout.Target == 0 ? 0 : layout.Features;
        FarColumn[] bounded =
        [
            .. far.Where(column => column.Kind != FarColumnKind.Spread
                && column.Slot >= first && column.Slot < first + layout.Reconstructed),
        ];
        if (bounded.Length == 0)
            return null;
        var (lower, upper) = (new float[layout.Reconstructed], new float[layout.Reconstructed]);
        Array.Fill(lower, float.NegativeInfinity);
        Array.Fill(upper, float.PositiveInfinity);
        foreach (var column in bounded)
            (lower[column.Slot - first], upper[column.Slot - first]) = (0, column.Kind == FarColumnKind.Range ? 1 : 0);
        return new(lower, upper, device);
    }

    /// <param name="target">Normalised, <c>[rows, reconstructed]</c>.</param>
    public Tensor Of(Tensor target) => minimum(maximum(target, _lower), _upper);

    public void Dispose()
    {
        _lower.Dispose();
        _upper.Dispose();
    }
}
