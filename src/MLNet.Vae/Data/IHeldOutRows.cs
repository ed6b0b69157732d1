using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary>Collects the held-out rows of a set that is too large for memory, while it is read for the first time.</summary>
internal interface IHeldOutRows : IDisposable
{
    /// <summary>Which rows are held out, of the rows added so far.</summary>
    RowSplit Split { get; }

    /// <summary>Of the rows held out, counted from 0.</summary>
    IReadOnlyList<long> Numbers { get; }

    /// <param name="rows"><c>[rows · features]</c>, in the order in which they come.</param>
    void Add(ReadOnlySpan<float> rows);

    /// <summary>After the last row: holds out one at least, if any were asked for, and leaves one at least to train on.</summary>
    void Complete();

    /// <summary><c>[rows, features]</c>.</summary>
    Tensor ToTensor(Device device);
}
