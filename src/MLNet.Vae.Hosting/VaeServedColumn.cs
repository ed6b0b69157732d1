using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>A column that rows must have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Of its values.</param>
/// <param name="Size">Values of a vector; <see langword="null"/>: it is none.</param>
/// <param name="IsNullable">Whether a value may be missing.</param>
public sealed record VaeServedColumn(
    string Name,
    VaeServedType Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Size,
    bool IsNullable);
