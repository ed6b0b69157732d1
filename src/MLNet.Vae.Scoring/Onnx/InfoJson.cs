using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Vae.Onnx;

/// <summary><see cref="VaeModelInfo"/> as JSON: one line, camelCase, enums by name, numbers that read back to the same bits.</summary>
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
        // What is left out comes as null, whatever the property begins with.
        return info with
        {
            LevelDimensions = info.LevelDimensions ?? [],
            Training = info.Training is { } training
                ? training with { Restarts = training.Restarts ?? [], Warnings = training.Warnings ?? [] }
                : null,
        };
    }
}
