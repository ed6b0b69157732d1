namespace MLNet.Vae.Onnx;

/// <summary>Keys of an exported file's <c>metadata_props</c>; onnx/README.md says what each holds.</summary>
internal static class MetadataKeys
{
    public const string Checksum = "mlnetvae.checksum";
    public const string Format = "mlnetvae.format";
    public const string Graph = "mlnetvae.graph";
    public const string Rest = "mlnetvae.rest";
    public const string Model = "mlnetvae.model";
}
