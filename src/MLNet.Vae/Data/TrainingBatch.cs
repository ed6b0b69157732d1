using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary>Normalised rows; of links, whole numbers, <c>[rows]</c>, that stand for one-hot vectors.</summary>
/// <param name="Input">What the encoder reads, <c>[rows, features]</c>, with a mask where values may be missing.</param>
/// <param name="Target">What the decoder is to give, <c>[rows, target]</c>.</param>
/// <param name="Condition">What both are conditioned on, <c>[rows, condition]</c>; <see langword="null"/>: nothing.</param>
internal readonly record struct TrainingBatch(Tensor Input, Tensor Target, Tensor? Condition)
{
    /// <summary>
    /// Whether each value of the target is there, <c>[rows, target]</c>: 0 stands in the place of a missing one. <see langword="null"/>:
    /// all are.
    /// </summary>
    public Tensor? Observed { get; init; }

    /// <summary>The features themselves are reconstructed, unconditionally.</summary>
    public TrainingBatch(Tensor x) : this(x, x, null)
    {
    }

    public long Rows => Input.size(0);

    /// <summary>Some of the rows.</summary>
    public TrainingBatch Slice(long start, long count) => new(
        Input.narrow(0, start, count), Target.narrow(0, start, count), Condition?.narrow(0, start, count))
    {
        Observed = Observed?.narrow(0, start, count),
    };
}
