using System.Runtime.InteropServices;
using System.Text;
using static System.FormattableString;

namespace MLNet.Vae.Groups;

/// <summary>The group that a fit is one rank of, or the fit alone, which tells nobody and asks nobody.</summary>
internal sealed class TrainingGroup
{
    private const byte Cancelled = 1, Failed = 2;

    private readonly IVaeTrainingGroup? _group;

    private TrainingGroup(IVaeTrainingGroup? group) => _group = group is { Size: > 1 } ? group : null;

    public static TrainingGroup Alone { get; } = new(null);

    public static TrainingGroup Of(IVaeTrainingGroup? group) => group is { Size: > 1 } ? new(group) : Alone;

    public bool IsAlone => _group is null;

    public int Rank => _group?.Rank ?? 0;

    public int Size => _group?.Size ?? 1;

    /// <summary>Of all ranks.</summary>
    public void Sum(Span<double> values) => _group?.Sum(values);

    /// <inheritdoc cref="Sum(Span{double})"/>
    public void Sum(Span<float> values) => _group?.Sum(values);

    /// <summary>Each rank's number, in the order of the ranks.</summary>
    public long[] Each(long value) => _group is null ? [value] : Each<long>([value]).ToArray();

    /// <summary>Each rank's numbers behind those of the ranks before it.</summary>
    /// <typeparam name="T">Of fixed size.</typeparam>
    public T[] Each<T>(ReadOnlySpan<T> values) where T : unmanaged => _group is null
        ? values.ToArray()
        : [.. _group.Gather(MemoryMarshal.AsBytes(values)).SelectMany(bytes => MemoryMarshal.Cast<byte, T>(bytes).ToArray())];

    /// <summary>Each rank's bytes, in the order of the ranks.</summary>
    public IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> bytes) => _group is null ? [bytes.ToArray()] : _group.Gather(bytes);

    /// <summary>Each rank's text, in the order of the ranks.</summary>
    public IReadOnlyList<string> Each(string value)
        => _group is null ? [value] : [.. _group.Gather(Encoding.UTF8.GetBytes(value)).Select(bytes => Text(bytes))];

    /// <summary>Whether it is so on any rank.</summary>
    public bool Any(bool value) => _group is null ? value : Each(value ? 1 : 0).Contains(1);

    /// <summary>What rank 0 has.</summary>
    public int OfFirst(int value) => (int)Each(value)[0];

    /// <inheritdoc cref="OfFirst(int)"/>
    public string OfFirst(string value) => _group is null ? value : Text(_group.Gather(Encoding.UTF8.GetBytes(Rank == 0 ? value : ""))[0]);

    /// <summary>Work that each rank does by itself and that may fail: where it fails on one, it fails on all, and nobody waits.</summary>
    /// <param name="what">It is about, for the message.</param>
    /// <param name="work">Of this rank; calls nothing of the group.</param>
    /// <exception cref="InvalidOperationException">It failed on another rank; says on which, and why.</exception>
    public void Together(string what, Action work)
    {
        if (_group is null)
        {
            work();
            return;
        }
        Exception? own = null;
        try
        {
            work();
        }
        // Whatever it is, the others have to know.
        catch (Exception fault)
        {
            own = fault;
        }
        byte[] told = own switch
        {
            null => [],
            OperationCanceledException => [Cancelled],
            _ => [Failed, .. Encoding.UTF8.GetBytes(own.Message)],
        };
        var all = _group.Gather(told);
        if (own is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(own);
        for (var rank = 0; rank < all.Count; rank++)
        {
            if (all[rank].Length == 0)
                continue;
            if (all[rank][0] == Cancelled)
                throw new OperationCanceledException(Invariant($"Rank {rank} of {Size} was cancelled."));
            throw new InvalidOperationException(Invariant($"Rank {rank} of {Size} failed, {what}: {Text(all[rank].AsSpan(1))}"));
        }
    }

    /// <summary>What has to be the same on all ranks.</summary>
    /// <param name="what">It is.</param>
    /// <param name="value">On this one.</param>
    /// <exception cref="InvalidOperationException">It is not; says on which rank it is what.</exception>
    public void Agree(string what, string value)
    {
        var all = Each(value);
        for (var rank = 1; rank < all.Count; rank++)
        {
            if (all[rank] != all[0])
            {
                throw new InvalidOperationException(
                    Invariant($"The ranks of a group must have the same {what}, but rank 0 has {all[0]}, and rank {rank} has ")
                        + $"{all[rank]}.");
            }
        }
    }

    /// <summary>Ends all ranks.</summary>
    public void Abort(Exception fault) =>
        _group?.Abort(Invariant($"Rank {Rank} of {Size} failed, and all end with it: {fault.GetType().Name}: {fault.Message}"));

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
