namespace MLNet.Vae;

/// <summary>
/// Processes that train one model together, each on rows of its own: what they tell each other. Every rank calls the same members in the
/// same order; a call waits until all have made it. <c>MLNet.Vae.Mpi</c> has one over MPI.
/// </summary>
public interface IVaeTrainingGroup
{
    /// <summary>The number of this process, from 0.</summary>
    int Rank { get; }

    /// <summary>Processes of the group, 1 or more.</summary>
    int Size { get; }

    /// <summary>Replaces each value by its sum over all ranks, which has the same bits on every rank.</summary>
    /// <param name="values">As many on every rank.</param>
    void Sum(Span<float> values);

    /// <inheritdoc cref="Sum(Span{float})"/>
    void Sum(Span<double> values);

    /// <summary>What each rank has, in the order of the ranks, on every rank.</summary>
    /// <param name="bytes">This rank's, as many as it likes.</param>
    IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> bytes);

    /// <summary>Ends all ranks, as this one cannot go on: the others would wait for it for ever.</summary>
    /// <param name="message">Why; names the rank.</param>
    void Abort(string message);
}
