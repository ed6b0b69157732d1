using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using Google.Protobuf;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Onnx;

/// <summary>An ONNX file of this library: a graph and the metadata that makes one file the whole model.</summary>
internal static class ModelFile
{
    public const string Producer = "MLNet.Vae";
    public const int FormatVersion = 1;
    public const string MachineLearningDomain = "ai.onnx.ml";

    /// <summary>Longest file: what Protocol Buffers allow, and one array holds.</summary>
    public const int MaximumBytes = 0x7FFFFFC7;

    private const long IrVersion = 8;

    /// <summary>The version of ONNX's operators that files are written in.</summary>
    public const long OpsetVersion = 17;

    /// <summary>The version of ONNX's machine-learning operators that belongs to opset 17.</summary>
    private const long MachineLearningOpsetVersion = 3;

    public static byte[] Write(GraphProto graph, VaeModelInfo info, GraphProto? rest = null)
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = Producer,
            ProducerVersion = ProducerVersion(),
            Graph = graph,
            OpsetImport = { OperatorSets(graph) },
            MetadataProps =
            {
                Entry(MetadataKeys.Format, FormatVersion.ToString(CultureInfo.InvariantCulture)),
                Entry(MetadataKeys.Graph, graph.Name),
            },
        };
        if (rest is not null)
            model.MetadataProps.Add(Entry(MetadataKeys.Rest, rest.ToByteString().ToBase64()));
        model.MetadataProps.Add(Entry(MetadataKeys.Model, InfoJson.Write(info)));

        Seal(model);
        return model.ToByteArray();
    }

    /// <summary>A graph beside a model, which is none itself and is not read back.</summary>
    /// <param name="graph">What it computes.</param>
    /// <param name="kind">What it is, in the producer's name.</param>
    /// <param name="operators">
    /// Versions of operators by their domain; <see langword="null"/>: those that <see cref="Write"/> uses.
    /// </param>
    public static byte[] WriteForeign(GraphProto graph, string kind = "Table", IReadOnlyDictionary<string, long>? operators = null)
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            // Not the name of those that are read back.
            ProducerName = $"{Producer}.{kind}",
            ProducerVersion = ProducerVersion(),
            Graph = graph,
        };
        if (operators is null)
            model.OpsetImport.Add(OperatorSets(graph));
        else
            model.OpsetImport.Add(operators.Select(set => new OperatorSetIdProto { Domain = set.Key, Version = set.Value }));
        return model.ToByteArray();
    }

    /// <summary>The versions of operators that graphs of this library are written in.</summary>
    public static IEnumerable<OperatorSetIdProto> OperatorSets(GraphProto graph)
    {
        yield return new() { Domain = "", Version = OpsetVersion };
        if (graph.Node.Any(node => node.Domain == MachineLearningDomain))
            yield return new() { Domain = MachineLearningDomain, Version = MachineLearningOpsetVersion };
    }

    /// <summary>Gives a file without a checksum its own.</summary>
    internal static void Seal(ModelProto model) =>
        // First, so that a file cut off anywhere behind it lacks an entry that is required.
        model.MetadataProps.Insert(0, Entry(MetadataKeys.Checksum, Checksum(model)));

    /// <summary>Whether files are written in this version of these operators.</summary>
    public static bool IsWrittenIn(OperatorSetIdProto operators)
        => (operators.Domain, operators.Version) is ("", OpsetVersion) or (MachineLearningDomain, MachineLearningOpsetVersion);

    /// <summary>The value of a metadata entry.</summary>
    public static string? Metadata(ModelProto model, string key) => model.MetadataProps.FirstOrDefault(e => e.Key == key)?.Value;

    /// <summary>SHA-256 of the file without the checksum's own entry, in hexadecimal.</summary>
    private static string Checksum(ModelProto model) => Convert.ToHexStringLower(SHA256.HashData(model.ToByteArray()));

    private static StringStringEntryProto Entry(string key, string value) => new() { Key = key, Value = value };

    /// <summary>Without the commit that the build appends, so that two builds of one version write the same bytes.</summary>
    private static string ProducerVersion()
    {
        var version = typeof(ModelFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return version.Split('+')[0];
    }
}
