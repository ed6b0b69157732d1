using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Vae.Reporting;

/// <summary>Data on its way into a script element.</summary>
internal static class PageJson
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        // Nothing of it is HTML: "<" is escaped below, the rest may stand.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Of(object data) =>
        JsonSerializer.Serialize(data, _options).Replace("<", "\\u003c", StringComparison.Ordinal);
}
