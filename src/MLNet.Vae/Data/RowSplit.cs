using MLNet.Vae.Interop;

namespace MLNet.Vae.Data;

/// <summary>Decides by position which rows of a streamed set are held out, the same in every pass.</summary>
/// <param name="Fraction">Share of rows held out, 0 to 1. Halving it keeps a random half of the rows held out before.</param>
/// <param name="Seed">Another seed, another choice of rows.</param>
internal sealed record RowSplit(double Fraction, int Seed)
{
    private const long None = -1;

    /// <summary>A row held out whatever its draw, where the share alone would hold out none.</summary>
    public long Always { get; init; } = None;

    /// <summary>A row trained on whatever its draw, where the share alone would leave none.</summary>
    public long Never { get; init; } = None;

    /// <summary>Rows trained on whatever their draw, the first of each category; <see langword="null"/>: rows have no category.</summary>
    public IReadOnlySet<long>? Firsts { get; init; }

    /// <summary>The first of the last rows, which are held out whatever their draw; none: no row is.</summary>
    public long LastFrom { get; init; } = long.MaxValue;

    /// <summary>Rows before <see cref="LastFrom"/> that do not train either.</summary>
    public long Gap { get; init; }

    /// <summary>The last rows of so many, as many as the share says, one at least on either side.</summary>
    public static RowSplit Last(double fraction, long rows, long most, int gap)
    {
        var held = fraction == 0 ? 0 : Math.Min(Math.Clamp((long)Math.Round(fraction * rows), 1, rows - 1), most);
        return new(Fraction: 0, Seed: 0) { LastFrom = rows - held, Gap = held == 0 ? 0 : Math.Min(gap, rows - held - 1) };
    }

    public bool IsTrainedOn(long row) => row < LastFrom - Gap && !IsHeldOut(row);

    public bool IsHeldOut(long row) => HoldsOut(row, Draw(row));

    /// <param name="row">Its place.</param>
    /// <param name="draw">Its <see cref="Draw"/>.</param>
    public bool HoldsOut(long row, double draw)
        => row >= LastFrom || row == Always || (row != Never && draw < Fraction && Firsts?.Contains(row) is not true);

    /// <summary>A number in [0, 1) that looks independent of those of the other rows.</summary>
    public double Draw(long row)
    {
        const double Unit = 1.0 / (1UL << 53);
        return (SplitMix64.Mixed((((ulong)row + 1) * SplitMix64.Step) ^ ((ulong)(uint)Seed << 32)) >> 11) * Unit;
    }
}
