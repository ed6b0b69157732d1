using System.Globalization;
using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>A 128-bit row identity.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    private const ulong ForkSalt = 0x9E3779B97F4A7C15;
    private const ulong NextSalt = 0xD1B54A32D192ED03;
    private const ulong LowFactor = 0xBF58476D1CE4E5B9;
    private const ulong HighFactor = 0x94D049BB133111EB;
    private const int LowShift = 29;
    private const int HighShift = 37;

    public readonly ulong Low;
    public readonly ulong High;

    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    public DataViewRowId Fork() => Mix(Low, High, ForkSalt);

    public DataViewRowId Next() => Mix(Low, High, NextSalt);

    public DataViewRowId Combine(DataViewRowId other)
    {
        var forked = other.Fork();
        return Mix(Low ^ forked.Low, High ^ forked.High, NextSalt);
    }

    public int CompareTo(DataViewRowId other)
    {
        var byHigh = High.CompareTo(other.High);
        return byHigh != 0 ? byHigh : Low.CompareTo(other.Low);
    }

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0:x16}{1:x16}", High, Low);

    // Every step is invertible in (low, high) for a fixed salt, so distinct identities stay distinct.
    private static DataViewRowId Mix(ulong low, ulong high, ulong salt)
    {
        low = (BitOperations.RotateLeft(low ^ salt, LowShift) + high) * LowFactor;
        high = (BitOperations.RotateLeft(high, HighShift) ^ low) * HighFactor;
        return new DataViewRowId(low ^ (low >> LowShift), high ^ (high >> HighShift));
    }
}
