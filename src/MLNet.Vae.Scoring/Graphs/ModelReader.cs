using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Graphs;

/// <summary>Reads what <see cref="ModelFile"/> writes, and says of anything else what it is.</summary>
internal static class ModelReader
{
    private static ReadOnlySpan<byte> ZipSignature => "PK\u0003\u0004"u8;

    /// <param name="onnx">The whole file.</param>
    /// <param name="source">What the messages call it, such as "'scorer.onnx'".</param>
    /// <exception cref="InvalidDataException">It is no model of this library, or not one that embeds, or damaged.</exception>
    public static VaeModel Read(byte[] onnx, string source)
    {
        if (onnx.Length == 0)
            throw ReadErrors.Empty(source);
        if (onnx.AsSpan().StartsWith(ZipSignature))
            throw ReadErrors.Zip(source);
        if (!TryParse(onnx, out var model))
            throw ReadErrors.NotOnnx(source, onnx.Length);
        return Read(model, source);
    }

    /// <summary>False for whatever is not an encoder, scorer or pipeline of this library.</summary>
    /// <exception cref="InvalidDataException">It is one, and damaged.</exception>
    public static bool TryRead(byte[] onnx, string source, [NotNullWhen(true)] out VaeModel? model)
    {
        model = TryParse(onnx, out var parsed) && Kind(parsed) is { } kind && kind != GraphInterface.Decoder
            ? Read(parsed, source)
            : null;
        return model is not null;
    }

    private static bool TryParse(byte[] onnx, [NotNullWhen(true)] out ModelProto? model)
    {
        try
        {
            model = ModelProto.Parser.ParseFrom(onnx);
            return model.Graph is not null;
        }
        catch (InvalidProtocolBufferException)
        {
            model = null;
            return false;
        }
    }

    private static string? Kind(ModelProto model) => ModelFile.Metadata(model, MetadataKeys.Graph);

    private static VaeModel Read(ModelProto model, string source)
    {
        CheckOrigin(model, source);
        var kind = Kind(model);
        if (kind == GraphInterface.Decoder)
            throw ReadErrors.Decoder(source);

        var info = ReadInfo(model, source);
        var rest = ReadRest(model, source);
        if (kind == PipelineGraph.Name)
            return VaeModel.Of(PipelineGraph.Read(model.Graph, rest, info), info);
        var found = VaeModel.IsScorer(model.Graph) ? GraphInterface.Scorer : GraphInterface.Encoder;
        if (!model.Graph.Input.SequenceEqual(GraphInterface.Inputs(found, info))
            || !model.Graph.Output.SequenceEqual(GraphInterface.Outputs(found, info)))
        {
            throw ReadErrors.Damaged(source, "the inputs and outputs of its graph are not those its metadata names");
        }
        return VaeModel.Of(GraphCut.Join(model.Graph, rest), info);
    }

    private static void CheckOrigin(ModelProto model, string source)
    {
        var format = ModelFile.Metadata(model, MetadataKeys.Format);
        if (format is null && model.ProducerName != ModelFile.Producer)
            throw ReadErrors.Foreign(source, model.ProducerName);
        if (int.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > ModelFile.FormatVersion)
            throw ReadErrors.Newer(source, version);
        if (version != ModelFile.FormatVersion || Kind(model) is null || ModelFile.Metadata(model, MetadataKeys.Model) is null)
            throw ReadErrors.Damaged(source, "its metadata is incomplete");
        if (!ModelFile.IsIntact(model))
            throw ReadErrors.Damaged(source, "its checksum does not match");
    }

    private static VaeModelInfo ReadInfo(ModelProto model, string source)
    {
        try
        {
            return InfoJson.Read(ModelFile.Metadata(model, MetadataKeys.Model)!);
        }
        catch (JsonException error)
        {
            throw ReadErrors.Damaged(source, $"its metadata '{MetadataKeys.Model}' cannot be read", error);
        }
    }

    private static GraphProto? ReadRest(ModelProto model, string source)
    {
        try
        {
            return ModelFile.Metadata(model, MetadataKeys.Rest) is { } rest
                ? GraphProto.Parser.ParseFrom(ByteString.FromBase64(rest))
                : null;
        }
        catch (Exception error) when (error is FormatException or InvalidProtocolBufferException)
        {
            throw ReadErrors.Damaged(source, $"its metadata '{MetadataKeys.Rest}' cannot be read", error);
        }
    }
}
