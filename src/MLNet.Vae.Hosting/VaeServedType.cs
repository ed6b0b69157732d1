using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>How the values of a column come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VaeServedType>))]
public enum VaeServedType
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>
    /// A date, with a time or not: in JSON a text by ISO 8601. With an offset it is taken to UTC, without one as it stands.
    /// </summary>
    Time,

    /// <summary>Numbers, as many as the column's size.</summary>
    Vector,
}
