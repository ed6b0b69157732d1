namespace Service;

/// <summary>A row of the sample model.</summary>
internal sealed class Order
{
    /// <summary>Where it is sent.</summary>
    public string Country { get; set; } = "";

    /// <summary>What it costs.</summary>
    public float Amount { get; set; }

    /// <summary>How many things are in it.</summary>
    public float Items { get; set; }

    /// <summary>Whether it is in a hurry.</summary>
    public bool Express { get; set; }
}
