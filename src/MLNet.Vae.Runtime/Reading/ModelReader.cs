using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using MLNet.Vae.Graphs;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Reading;

/// <summary>
/// Reads what <see cref="ModelFile"/> writes, and says of anything else what it is. A file may come from anybody: nothing of it is run or
/// believed before it was checked, from the bytes (<see cref="FileOrigin"/>, <see cref="WireCheck"/>) by way of the metadata
/// (<see cref="InfoCheck"/>) to every tensor that a graph makes (<see cref="GraphCheck"/>).
/// </summary>
internal static class ModelReader
{
    private static ReadOnlySpan<byte> ZipSignature => "PK\u0003\u0004"u8;

    /// <param name="onnx">The whole file.</param>
    /// <param name="source">What the messages call it, such as "'scorer.onnx'".</param>
    /// <exception cref="InvalidDataException">
    /// It is no model of this library, or not one that embeds, or damaged, or not to be run.
    /// </exception>
    public static VaeModel Read(byte[] onnx, string source)
    {
        if (onnx.Length == 0)
            throw ReadErrors.Empty(source);
        if (onnx.AsSpan().StartsWith(ZipSignature))
            throw ReadErrors.Zip(source);
        if (FileOrigin.Of(onnx) is not { } origin)
            throw ReadErrors.NotOnnx(source, onnx.Length);
        if (!origin.IsOurs)
            throw ReadErrors.Foreign(source, origin.Producer);
        return ReadOurs(onnx, origin, source);
    }

    /// <summary>False for whatever is not an encoder, scorer or pipeline of this library.</summary>
    /// <exception cref="InvalidDataException">It is one, and damaged or not to be run.</exception>
    public static bool TryRead(byte[] onnx, string source, [NotNullWhen(true)] out VaeModel? model)
    {
        model = FileOrigin.Of(onnx) is { IsOurs: true, Kind: not GraphInterface.Decoder } origin ? ReadOurs(onnx, origin, source) : null;
        return model is not null;
    }

    private static VaeModel ReadOurs(byte[] onnx, FileOrigin origin, string source)
    {
        CheckOrigin(onnx, origin, source);
        var fault = WireCheck.Fault(WireCheck.Model, onnx, out var isWhole);
        if (!isWhole)
            throw ReadErrors.NotOnnx(source, onnx.Length);
        if (fault is not null)
            throw ReadErrors.Damaged(source, fault);
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(onnx);
        }
        catch (InvalidProtocolBufferException)
        {
            throw ReadErrors.NotOnnx(source, onnx.Length);
        }

        try
        {
            return Checked(model, source);
        }
        catch (CheckException check)
        {
            throw ReadErrors.Damaged(source, check.Message, check);
        }
    }

    private static void CheckOrigin(byte[] onnx, FileOrigin origin, string source)
    {
        if (int.TryParse(origin.Format, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && version > ModelFile.FormatVersion)
        {
            throw ReadErrors.Newer(source, version);
        }
        if (version != ModelFile.FormatVersion || origin.Kind is null || !origin.HasInfo)
            throw ReadErrors.Damaged(source, "its metadata is incomplete");
        if (!origin.HasChecksum && origin.Producer == ModelFile.Producer)
            throw ReadErrors.Damaged(source, "its checksum is missing");
        if (origin.HasChecksum && !origin.IsIntact(onnx))
            throw ReadErrors.Damaged(source, "its checksum does not match");
        if (origin.Kind == GraphInterface.Decoder)
            throw ReadErrors.Decoder(source);
    }

    private static VaeModel Checked(ModelProto model, string source)
    {
        var info = ReadInfo(model, source);
        InfoCheck.Run(info);
        var rest = ReadRest(model, source);
        GraphCheck.CheckOperators(model, rest);
        var graph = Whole(model, rest, info, source);
        new GraphCheck(graph, info).Run();
        return VaeModel.Of(graph, info);
    }

    private static GraphProto Whole(ModelProto model, GraphProto? rest, VaeModelInfo info, string source)
    {
        if (ModelFile.Metadata(model, MetadataKeys.Graph) == PipelineGraph.Name)
            return PipelineGraph.Read(model.Graph, rest, info);
        var found = VaeModel.IsScorer(model.Graph) ? GraphInterface.Scorer : GraphInterface.Encoder;
        if (!model.Graph.Input.SequenceEqual(GraphInterface.Inputs(found, info))
            || !model.Graph.Output.SequenceEqual(GraphInterface.Outputs(found, info)))
        {
            throw ReadErrors.Damaged(source, "the inputs and outputs of its graph are not those its metadata names");
        }
        return GraphCut.Join(model.Graph, rest);
    }

    private static VaeModelInfo ReadInfo(ModelProto model, string source)
    {
        try
        {
            return InfoJson.Read(ModelFile.Metadata(model, MetadataKeys.Model)!);
        }
        // Not supported: an object of several kinds that does not say of which it is.
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw Unreadable(MetadataKeys.Model, source, error);
        }
    }

    private static GraphProto? ReadRest(ModelProto model, string source)
    {
        if (ModelFile.Metadata(model, MetadataKeys.Rest) is not { } text)
            return null;
        try
        {
            var bytes = ByteString.FromBase64(text);
            var fault = WireCheck.Fault(WireCheck.Graph, bytes.Span, out var isWhole);
            if (!isWhole)
                throw Unreadable(MetadataKeys.Rest, source);
            return fault is null ? GraphProto.Parser.ParseFrom(bytes) : throw ReadErrors.Damaged(source, fault);
        }
        catch (Exception error) when (error is FormatException or InvalidProtocolBufferException)
        {
            throw Unreadable(MetadataKeys.Rest, source, error);
        }
    }

    private static InvalidDataException Unreadable(string entry, string source, Exception? error = null)
        => ReadErrors.Damaged(source, $"its metadata '{entry}' cannot be read", error);
}
