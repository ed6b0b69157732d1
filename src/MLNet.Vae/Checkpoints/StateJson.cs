using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Vae.Checkpoints;

/// <summary>How values of a checkpoint are written: numbers that read back to the same bits, infinity and NaN among them.</summary>
internal static class StateJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };
}
