using MLNet.Vae.Missing;
using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary><see cref="MaskLayout"/> of batches: what the encoder reads of rows some values of which are missing.</summary>
internal sealed class InputMask(MaskLayout layout, Device device) : IDisposable
{
    private readonly Tensor _slots = tensor(Array.ConvertAll(layout.Slots, slot => (long)slot), device: device);
    private readonly Tensor _nothing = zeros(1, device: device);

    // Of each slot the first of its category, or itself.
    private readonly Tensor _owners = tensor(Owners(layout), device: device);

    /// <summary>0 in place of missing values, which the encoder is told of.</summary>
    /// <param name="batch">Normalised, NaN where a value is missing.</param>
    /// <param name="features">In the user's units, <c>[rows, features]</c>, NaN where a value is missing.</param>
    public TrainingBatch Of(TrainingBatch batch, Tensor features)
    {
        var isThere = features.isnan().logical_not();
        return batch with
        {
            Input = Input(where(isThere, batch.Input, _nothing), isThere),
            Target = where(isThere, batch.Target, _nothing),
            Observed = isThere,
        };
    }

    /// <summary>The same rows, of which the encoder reads other values, and not all of those that are there.</summary>
    /// <param name="batch">What <see cref="Of"/> gave.</param>
    /// <param name="values">Normalised, <c>[rows, features]</c>; those that are missing are not looked at.</param>
    /// <param name="isShown">Of those that are there, <c>[rows, features]</c>; <see langword="null"/>: all are.</param>
    public TrainingBatch With(TrainingBatch batch, Tensor values, Tensor? isShown)
    {
        var isRead = isShown is null ? batch.Observed! : batch.Observed!.logical_and(isShown);
        return batch with { Input = Input(where(isRead, values, _nothing), isRead) };
    }

    /// <summary>Values of the batch as the encoder reads them, without the mask, <c>[rows, features]</c>.</summary>
    public Tensor Values(TrainingBatch batch) => batch.Input.narrow(1, 0, layout.Features);

    /// <summary>One number of each category for all of its slots.</summary>
    /// <param name="draws">Of each slot, <c>[rows, features]</c>.</param>
    public Tensor OfWholeCategories(Tensor draws) => layout.Categories.Count == 0 ? draws : draws.index_select(1, _owners);

    public void Dispose()
    {
        _slots.Dispose();
        _nothing.Dispose();
        _owners.Dispose();
    }

    private Tensor Input(Tensor values, Tensor isRead) => layout.Slots.Length == 0
        ? values
        : cat([values, isRead.index_select(1, _slots).to(values.dtype)], 1);

    private static long[] Owners(MaskLayout layout)
    {
        long[] owners = [.. Enumerable.Range(0, layout.Features).Select(slot => (long)slot)];
        foreach (var (start, count) in layout.Categories)
            owners.AsSpan(start, count).Fill(start);
        return owners;
    }
}
