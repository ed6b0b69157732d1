using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Vae.Onnx;

/// <summary>
/// <see cref="VaeModelInfo"/> as JSON: one line, camelCase, enums by name, numbers that read back to the same bits. A member that is left
/// out is <see langword="null"/> or, where it carries <see cref="JsonIgnoreCondition.WhenWritingDefault"/>, the default of its type; what
/// its initialiser says is not heard, and so <see cref="Read"/> fills in the three lists that the first files had not. Any other member is
/// <see cref="JsonRequiredAttribute">required</see>: a file without it is refused by name. A member that comes later is one of the former,
/// for files that have it not.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(VaeModelInfo))]
internal sealed partial class InfoJson : JsonSerializerContext
{
    public static string Write(VaeModelInfo info) => JsonSerializer.Serialize(info, Default.VaeModelInfo);

    /// <exception cref="JsonException">It is not what <see cref="Write"/> writes.</exception>
    public static VaeModelInfo Read(string json)
    {
        var info = JsonSerializer.Deserialize(json, Default.VaeModelInfo) ?? throw new JsonException("null");
        return info with
        {
            LevelDimensions = info.LevelDimensions ?? [],
            Training = info.Training is { } training
                ? training with { Restarts = training.Restarts ?? [], Warnings = training.Warnings ?? [] }
                : null,
        };
    }
}
