using System.Globalization;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Reading;

/// <summary>What is said about a file that does not hold a model.</summary>
internal static class ReadErrors
{
    private const string Expected = "expected an ONNX file exported by MLNet.Vae (scorer.onnx or encoder.onnx)";

    public static FileNotFoundException Missing(string path)
        => new(
            $"'{path}': {Expected}, found no such file. Check the path; ExportOnnx writes scorer.onnx into the directory it is given.",
            path);

    public static InvalidDataException Empty(string source)
        => new($"{source}: {Expected}, found nothing in it. Copy it again or export the model again.");

    public static InvalidDataException Zip(string source)
        => new($"{source}: {Expected}, found a zip archive. Open a saved pipeline (model.zip) by its path, with "
            + "VaeTransformer.From(mlContext, path) or VaeModel.Load(path).");

    public static InvalidDataException NotOnnx(string source, long length)
        => new($"{source}: {Expected}, found {length.ToString(CultureInfo.InvariantCulture)} bytes that are no complete ONNX model. "
            + "It is truncated, damaged or of another kind; copy it again or export the model again.");

    public static InvalidDataException TooLarge(string source)
        => new($"{source}: {Expected}, found more than the 2 GB that an ONNX file can have. Give the file that ExportOnnx wrote.");

    public static InvalidDataException Foreign(string source, string producer)
        => new($"{source}: {Expected}, found an ONNX model of "
            + $"{(producer.Length == 0 ? "an unnamed producer" : CheckException.Quoted(producer))}. "
            + "Run it with ONNX Runtime, or in a pipeline with mlContext.Transforms.ApplyOnnxModel.");

    public static InvalidDataException Decoder(string source)
        => new($"{source}: {Expected}, found a decoder, which makes rows from latent points but cannot embed or score any. "
            + "Load scorer.onnx of the same export.");

    public static InvalidDataException Newer(string source, int version)
        => new($"{source}: expected format version {ModelFile.FormatVersion} or lower, found "
            + $"{version.ToString(CultureInfo.InvariantCulture)}. "
            + "Update the package MLNet.Vae.Scoring, or export the model with this version of it.");

    public static InvalidDataException Damaged(string source, string how, Exception? inner = null)
        => new($"{source}: {Expected}, found one that was truncated, damaged or changed by another tool: {how}. "
            + "Copy it again or export the model again.", inner);
}
