using MLNet.Vae.Graphs;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using MLNet.Vae.Modules;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Tests.Onnx;

/// <summary>The files under onnx/reference: what this library writes, and the same numbers in C# and in JavaScript.</summary>
public class ReferenceModelTests
{
    /// <summary>Set to 1, the files are written anew.</summary>
    private const string UpdateVariable = "UPDATE_ONNX_REFERENCE";

    private static readonly string Root = typeof(ReferenceModelTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    private static readonly string Folder = Path.Combine(Root, "onnx", "reference");

    public ReferenceModelTests()
    {
        if (Environment.GetEnvironmentVariable(UpdateVariable) != "1")
            return;
        VaeModel.Create(ReferenceModel.Network(), ReferenceModel.Info).ExportOnnx(Folder);
        File.WriteAllText(Path.Combine(Folder, "reference.json"), ReferenceModel.ExpectedJson());
    }

    [Fact]
    public void The_files_are_what_the_library_writes_now()
    {
        var model = VaeModel.Create(ReferenceModel.Network(), ReferenceModel.Info);
        foreach (var graph in Enum.GetValues<VaeGraph>())
        {
            var committed = File.ReadAllBytes(Path.Combine(Folder, $"{GraphInterface.NameOf(graph)}.onnx"));
            Assert.Equal(WithoutVersion(model.ToOnnx(graph)), WithoutVersion(committed));
        }
    }

    [Fact]
    public void The_expected_numbers_are_those_of_double_precision()
    {
        using var committed = Read();
        using var now = JsonDocument.Parse(ReferenceModel.ExpectedJson());
        foreach (var member in now.RootElement.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Array))
        {
            var (expected, found) = (Numbers(member.Value), Numbers(committed.RootElement.GetProperty(member.Name)));
            Assert.Equal(expected.Length, found.Length);
            // Exponentials differ in the last bits from one machine's mathematics library to another's.
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], found[i], Math.Abs(expected[i]) * 1e-12);
        }
    }

    [Fact]
    public void Loading_the_committed_scorer_gives_the_whole_model()
        => Assert.Equivalent(ReferenceModel.Info, VaeModel.Load(Path.Combine(Folder, "scorer.onnx")).Info, strict: true);

    [Fact]
    public void ONNX_Runtime_in_CSharp_gives_the_expected_numbers()
    {
        using var reference = Read();
        var features = Rows(reference, "features").Select(r => r.Select(v => (float)v).ToArray()).ToArray();
        using var scorer = new OnnxRunner(File.ReadAllBytes(Path.Combine(Folder, "scorer.onnx")));
        using var encoder = new OnnxRunner(File.ReadAllBytes(Path.Combine(Folder, "encoder.onnx")));
        using var decoder = new OnnxRunner(File.ReadAllBytes(Path.Combine(Folder, "decoder.onnx")));

        var whole = scorer.Run(features, ReferenceModel.Features);
        var posterior = encoder.Run(features, ReferenceModel.Features);
        var decoded = decoder.Run([.. Rows(reference, "mean").Select(r => r.Select(v => (float)v).ToArray())], ReferenceModel.Latents);

        foreach (var (tensor, found) in whole.Concat(posterior).Concat(decoded))
        {
            var expected = Rows(reference, tensor);
            Assert.Equal(expected.Length, found.Length);
            for (var r = 0; r < found.Length; r++)
                Near.Equal(expected[r], found[r], $"{tensor}, row {r}");
        }
    }

    [Fact]
    public async Task ONNX_Runtime_in_JavaScript_gives_the_same_numbers()
    {
        // The report's page brings it; the build of the report fetches it, with Node.js.
        var package = Path.Combine(Root, "src", "MLNet.Vae.Report", "Page");
        var script = Path.Combine(Root, "tests", "MLNet.Vae.Tests", "Onnx", "reference.mjs");
        using var node = Process.Start(
            new ProcessStartInfo("node", [script, package, Folder]) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;

        var error = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, output + await error);
        // Scorer, encoder, decoder: 15, 4 and 5 values for each row.
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{ReferenceModel.Rows.Length * 24} values agree\n"), output);
    }

    /// <summary>The version of the library, and with it the checksum, may change without a change of the model.</summary>
    private static ModelProto WithoutVersion(byte[] onnx)
    {
        var file = ModelProto.Parser.ParseFrom(onnx);
        file.ClearProducerVersion();
        file.MetadataProps.Remove(file.MetadataProps.Single(e => e.Key == MetadataKeys.Checksum));
        return file;
    }

    private static JsonDocument Read() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "reference.json")));

    private static double[][] Rows(JsonDocument reference, string tensor)
        => [.. reference.RootElement.GetProperty(tensor).EnumerateArray().Select(Numbers)];

    private static double[] Numbers(JsonElement values)
        => values.ValueKind == JsonValueKind.Number ? [values.GetDouble()] : [.. values.EnumerateArray().SelectMany(Numbers)];
}
