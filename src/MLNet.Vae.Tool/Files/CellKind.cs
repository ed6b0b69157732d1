namespace MLNet.Vae.Tool.Files;

/// <summary>As what ML.NET reads the cells of a column.</summary>
internal enum CellKind
{
    /// <summary>An empty one is missing.</summary>
    Text,

    /// <summary>NaN is missing.</summary>
    Single,

    /// <summary>Numbers that single precision would change; NaN is missing.</summary>
    Double,

    /// <summary>A date, with or without a time; the first of the year 1 is missing.</summary>
    Time,

    /// <summary>True or false, for a model that was trained on these; never missing.</summary>
    Flag,
}
