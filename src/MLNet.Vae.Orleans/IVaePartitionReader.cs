namespace MLNet.Vae;

/// <summary>
/// Reads the rows of partitions. Registered with the silos under a name, which jobs ask for:
/// <c>services.AddKeyedSingleton&lt;IVaePartitionReader, MyReader&gt;("mine")</c>. Used by several threads at once.
/// </summary>
public interface IVaePartitionReader
{
    /// <summary>
    /// Whether sources are files: then each lies in one of <see cref="VaeClusterOptions.AllowedFolders"/>, and the reader is given its
    /// full path without links. Otherwise the reader itself answers for what it opens.
    /// </summary>
    bool ReadsFiles => true;

    /// <summary>Reads a partition.</summary>
    /// <param name="partition">Its source and range.</param>
    /// <param name="model">Whose features are read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>
    /// Rows <c>[n, D + C]</c>, features and behind them the condition of a model that has one, n as the reader likes. The memory is read
    /// before the next is asked for. Called on a thread that may wait.
    /// </returns>
    /// <exception cref="IOException">The partition cannot be read.</exception>
    /// <exception cref="InvalidDataException">It holds other rows than the model reads.</exception>
    IEnumerable<ReadOnlyMemory<float>> Read(VaePartition partition, VaeModelInfo model, CancellationToken cancellation);
}
