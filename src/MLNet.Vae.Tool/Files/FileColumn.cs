using Parquet.Schema;

namespace MLNet.Vae.Tool.Files;

/// <summary>A column of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">As what ML.NET reads it.</param>
internal sealed record FileColumn(string Name, CellKind Kind)
{
    /// <summary>How its times are written in a delimited file; null: by default.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>Its type in a Parquet file; null: the file is another.</summary>
    public DataField? Field { get; init; }
}
