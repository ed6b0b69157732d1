namespace Pump;

/// <summary>Readings that were called faulty against those that were.</summary>
internal sealed record Counts(int Judged = 0, int Faulty = 0, int Found = 0, int False = 0)
{
    public double F1 => 2.0 * Found / (2 * Found + False + (Faulty - Found));

    public static Counts Of(bool[] faults, bool[] alarms) => new(
        faults.Length,
        faults.Count(fault => fault),
        faults.Zip(alarms).Count(of => of is (true, true)),
        faults.Zip(alarms).Count(of => of is (false, true)));

    public static Counts operator +(Counts a, Counts b)
        => new(a.Judged + b.Judged, a.Faulty + b.Faulty, a.Found + b.Found, a.False + b.False);
}
