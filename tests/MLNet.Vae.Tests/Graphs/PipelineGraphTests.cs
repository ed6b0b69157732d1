using Microsoft.ML.Data;
using Microsoft.ML;
using MLNet.Vae.Columns;
using MLNet.Vae.Graphs;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;

namespace MLNet.Vae.Tests.Graphs;

/// <summary>The graph that a saved pipeline holds: run by stock ML.NET, and read back as the model.</summary>
public class PipelineGraphTests
{
    /// <summary>Names that the graphs use themselves, or that look like syntax.</summary>
    private static readonly VaeColumns AwkwardColumns = new()
    {
        Features = "mean",
        Embedding = "features",
        LogSigma = "log sigma, ½ a.output.b/c\"",
        Reconstruction = "model/mean",
        Score = "score",
        Contributions = "Embedding.SlotNames",
    };

    public static TheoryData<string> ColumnSets => ["embedding", "encoder", "reconstruction", "detection", "all", "awkward"];

    [Theory]
    [MemberData(nameof(ColumnSets))]
    public void Reading_it_back_gives_the_scorer_byte_for_byte(string set)
    {
        var model = Kind(set).Model();

        var loaded = VaeModel.Load(new MemoryStream(model.ToPipelineOnnx()));

        Assert.True(loaded.IsComplete);
        Assert.Equivalent(model.Info, loaded.Info, strict: true);
        Assert.Equal(model.ToOnnx(VaeGraph.Scorer), loaded.ToOnnx(VaeGraph.Scorer));
        Assert.Equal(model.ToPipelineOnnx(), loaded.ToPipelineOnnx());
    }

    [Theory]
    [MemberData(nameof(ColumnSets))]
    public void Its_vectors_are_the_scorer_s_rows(string set)
    {
        var kind = Kind(set);
        var model = kind.Model();
        using var scorer = new OnnxRunner(model.ToOnnx(VaeGraph.Scorer));
        using var pipeline = new OnnxRunner(model.ToPipelineOnnx());

        foreach (var row in kind.Rows(5))
        {
            var expected = scorer.Run([row], kind.Features);
            var found = pipeline.Run([row], kind.Features);

            Assert.Equal(kind.Columns.Features, Assert.Single(pipeline.Session.InputNames));
            foreach (var (column, tensor, width, _) in ModelOutputs.Saved(model.Info))
            {
                Assert.Equal([width], pipeline.Session.OutputMetadata[column].Dimensions);
                Assert.Equal(expected[tensor][0], found[column][0]);
            }
            if (kind.Columns.Score is null)
                continue;
            var score = expected["score"][0][0];
            Assert.Equal([score, score > kind.Threshold ? 1 : 0], found[PipelineColumns.Detection][0]);
        }
    }

    [Fact]
    public void A_graph_for_embeddings_does_not_run_the_decoder()
    {
        var graph = ModelProto.Parser.ParseFrom(Kind("encoder").Model().ToPipelineOnnx()).Graph;
        Assert.Contains(graph.Initializer, i => i.Name.Contains("encoder", StringComparison.Ordinal));
        Assert.DoesNotContain(graph.Initializer, i => i.Name.Contains("decoder", StringComparison.Ordinal));
    }

    [Fact]
    public void The_encoder_alone_can_be_saved_for_embeddings_only()
    {
        var kind = Kind("encoder");
        var encoder = VaeModel.Load(new MemoryStream(kind.Model().ToOnnx(VaeGraph.Encoder)));

        var loaded = VaeModel.Load(new MemoryStream(encoder.ToPipelineOnnx()));

        Assert.False(loaded.IsComplete);
        Assert.Equal(encoder.ToOnnx(VaeGraph.Encoder), loaded.ToOnnx(VaeGraph.Encoder));
        var error = Assert.Throws<InvalidOperationException>(() =>
            encoder.With(encoder.Info with { Columns = SampleModels.AllColumns }).ToPipelineOnnx()
        );
        Assert.Equal(
            "The model was loaded from encoder.onnx alone, so it has no decoder, which reconstruction, score, predicted label and "
            + "contributions need. "
                + "Load scorer.onnx of the same export.",
            error.Message);
    }

    /// <summary>The threshold is float64 and the score float32; rounding the one to the other must not move a row across.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1e-9)]
    [InlineData(-1e-9)]
    public void A_row_at_the_threshold_is_labelled_as_the_exact_comparison_says(double distance)
    {
        var kind = Kind("all");
        var row = kind.Rows(1)[0];
        using var scorer = new OnnxRunner(kind.Model().ToOnnx(VaeGraph.Scorer));
        var score = scorer.Run([row], kind.Features)["score"][0][0];
        var threshold = score + distance;
        using var pipeline = new OnnxRunner((kind with { Threshold = threshold }).Model().ToPipelineOnnx());

        Assert.Equal(score > threshold ? 1 : 0, pipeline.Run([row], kind.Features)[PipelineColumns.Detection][0][1]);
    }

    [Theory]
    [MemberData(nameof(ColumnSets))]
    public void Stock_ML_NET_gives_vectors_with_slot_names_and_the_scorer_s_values(string set)
    {
        var kind = Kind(set);
        var model = kind.Model();
        var rows = kind.Rows(4);
        var vectors = ModelOutputs.Saved(model.Info);
        using var scorer = new OnnxRunner(model.ToOnnx(VaeGraph.Scorer));
        var mlContext = new MLContext();
        var data = View(mlContext, kind.Columns.Features, rows);

        using var graph = new MemoryStream(model.ToPipelineOnnx());
        using var transformer = mlContext.Transforms
            .ApplyOnnxModel([.. vectors.Select(v => v.Column)], [kind.Columns.Features], graph).Fit(data);
        var scored = transformer.Transform(data);

        foreach (var (column, tensor, width, slotNames) in vectors)
        {
            Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, width), scored.Schema[column].Type);
            Assert.Equal(slotNames, SlotNamesOf(scored.Schema[column]));
            Assert.Equal(rows.Select(r => scorer.Run([r], kind.Features)[tensor][0]), scored.GetColumn<float[]>(column));
        }
    }

    [Fact]
    public void Slot_names_of_latent_columns_are_the_column_s_name_and_a_number()
        => Assert.Equal(["Embedding0", "Embedding1", "Embedding2"], SlotNames.ForLatent("Embedding", 3));

    [Fact]
    public void Columns_that_could_not_be_loaded_again_are_refused_all_at_once()
    {
        var model = Kind("all").Model();
        var columns = new VaeColumns
        {
            Features = "x",
            Embedding = "x",
            LogSigma = "y.output",
            Reconstruction = " ",
            Score = "vae.detection",
            PredictedLabel = "vae/mean",
            Contributions = "mlnet.z",
        };

        var error = Assert.Throws<InvalidOperationException>(() => model.With(model.Info with { Columns = columns }).ToPipelineOnnx());

        Assert.Equal(
            "The model cannot be saved: a column name must not be blank; "
                + "column 'x' is named 2 times; the column read and each column added need names of their own, output first: "
                + "VaeEmbed(\"Embedding\", \"x\"); "
                + "column 'mlnet.z': names that begin with 'vae/', 'vae.' or 'mlnet.' are reserved in saved models; "
                + "column 'vae.detection': names that begin with 'vae/', 'vae.' or 'mlnet.' are reserved in saved models; "
                + "column 'vae/mean': names that begin with 'vae/', 'vae.' or 'mlnet.' are reserved in saved models; "
                + "column 'y.output': a loaded model loses the ending '.output' of an added column's name.",
            error.Message);
        Assert.Equal(["at least one added column must be named"], ColumnNames.Faults(new() { Features = "Features.output" }));
    }

    [Fact]
    public void Every_name_that_is_not_a_column_s_has_the_graph_s_prefix()
    {
        var graph = ModelProto.Parser.ParseFrom(Kind("awkward").Model().ToPipelineOnnx()).Graph;
        string?[] columns = ["mean", .. ModelOutputs.Saved(Kind("awkward").Info).Select(v => v.Column), PipelineColumns.Detection];
        var others = graph.Node.SelectMany(n => n.Input.Concat(n.Output)).Concat(graph.Initializer.Select(i => i.Name)).Except(columns);
        Assert.All(others, name => Assert.StartsWith("vae/", name, StringComparison.Ordinal));
    }

    private static RandomNetwork Kind(string set) => new()
    {
        Scaled = true,
        Norm = true,
        Threshold = set == "awkward" ? null : 10,
        FeatureNames = set == "reconstruction" ? null : ["a", "b", "a", "", "ü", "f.output"],
        Columns = set switch
        {
            "embedding" => new() { Features = "Features", Embedding = "Embedding" },
            "encoder" => new() { Features = "Features", Embedding = "Embedding", LogSigma = "EmbeddingLogSigma" },
            "reconstruction" => new() { Features = "Features", Reconstruction = "Reconstruction" },
            "detection" => new() { Features = "Features", Embedding = "Embedding", Score = "Score", PredictedLabel = "PredictedLabel" },
            "awkward" => AwkwardColumns,
            _ => SampleModels.AllColumns,
        },
    };

    private static IDataView View(MLContext mlContext, string column, float[][] rows)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[0].ColumnName = column;
        schema[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Length);
        return mlContext.Data.LoadFromEnumerable(rows.Select(r => new Row { Values = r }), schema);
    }

    private static string[]? SlotNamesOf(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }

    private sealed class Row
    {
        public float[] Values { get; set; } = [];
    }
}
