namespace MLNet.Vae.Jobs;

/// <summary>How far a job is, as storage keeps it: written by and by.</summary>
[GenerateSerializer, Alias("MLNet.Vae.JobProgress")]
internal sealed class JobProgress
{
    [Id(0)]
    public VaeJobState State { get; set; }

    /// <summary>Rows of each partition; −1: it is not scored.</summary>
    [Id(1)]
    public long[] Rows { get; set; } = [];

    /// <summary>Why partitions failed, by their index.</summary>
    [Id(2)]
    public Dictionary<int, string> Faults { get; set; } = [];

    /// <summary>How often a partition was begun anew.</summary>
    [Id(3)]
    public int Restarts { get; set; }

    /// <summary>How often another silo took up the job.</summary>
    [Id(4)]
    public int Takeovers { get; set; }

    public static JobProgress Of(int partitions)
    {
        var rows = new long[partitions];
        Array.Fill(rows, -1);
        return new() { Rows = rows };
    }
}
