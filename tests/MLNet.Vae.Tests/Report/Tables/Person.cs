namespace MLNet.Vae.Tests.Report.Tables;

/// <summary>A row of a table of all types.</summary>
internal sealed record Person
{
    public string Town { get; set; } = "";

    public float Age { get; set; }

    public int Children { get; set; }

    public double Income { get; set; }

    public string Contract { get; set; } = "";

    public bool IsOwner { get; set; }
}
