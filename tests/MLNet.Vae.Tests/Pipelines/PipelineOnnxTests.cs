using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Tables;

namespace MLNet.Vae.Tests.Pipelines;

/// <summary>A fitted pipeline in one ONNX file gives what it gives in ML.NET.</summary>
public sealed class PipelineOnnxTests(TrainedVisits visits) : IClassFixture<TrainedVisits>, IDisposable
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly TemporaryDirectory _folder = new();

    private string File => _folder.File("pipeline.onnx");

    public sealed class Reading
    {
        public float Length { get; set; }

        public double Mass { get; set; }

        public int Count { get; set; }

        public string Colour { get; set; } = "";

        public DateTime Seen { get; set; }

        public bool Label { get; set; }
    }

    [Fact]
    public void Stock_steps_before_and_after_an_embedding()
    {
        var data = Readings();
        var model = _mlContext.Transforms.ReplaceMissingValues("Length")
            .Append(_mlContext.Transforms.Conversion.ConvertType("Numbers", "Mass", DataKind.Single))
            .Append(_mlContext.Transforms.NormalizeMinMax("Length"))
            .Append(_mlContext.Transforms.Categorical.OneHotEncoding("ColourCode", "Colour"))
            .Append(_mlContext.Transforms.Concatenate("Features", "Length", "Numbers", "ColourCode"))
            .Append(_mlContext.Transforms.VaeEmbed(Quick()))
            .Append(_mlContext.Transforms.Concatenate("All", "Embedding", "Features"))
            .Append(_mlContext.BinaryClassification.Trainers.FastTree("Label", "All", numberOfTrees: 20))
            .Fit(data);
        _mlContext.Model.ExportPipelineOnnx(model, data.Schema, File);
        using var run = new OnnxPipelineRun(File, data);
        Assert.Equal(["Colour", "Length", "Mass"], run.Inputs.Order(StringComparer.Ordinal));
        run.AssertGives(
            model.Transform(data), "Length", "ColourCode", "Features", "Embedding", "All", "Score", "Probability", "PredictedLabel");
    }

    [Fact]
    public void Only_what_is_asked_for_is_written()
    {
        var data = Readings();
        var model = _mlContext.Transforms.Concatenate("Features", "Length")
            .Append(_mlContext.Transforms.NormalizeMeanVariance("Features"))
            .Append(_mlContext.Transforms.Categorical.OneHotEncoding("ColourCode", "Colour"))
            .Append(_mlContext.Transforms.VaeEmbed(Quick()))
            .Fit(Complete(data));
        _mlContext.Model.ExportPipelineOnnx(model, data.Schema, File, "Embedding");
        using var run = new OnnxPipelineRun(File, Complete(data));
        Assert.Equal(["Length"], run.Inputs);
        Assert.Equal(["Embedding.output"], run.Outputs);
        run.AssertGives(model.Transform(Complete(data)), "Embedding");
    }

    [Theory]
    [InlineData("Features")]
    [InlineData("Mass")]
    [InlineData("Count")]
    public void A_detector_with_score_label_and_p_value(string column)
    {
        var data = Complete(Readings());
        var model = _mlContext.Transforms.Concatenate("Features", "Length")
            .Append(_mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
            {
                FeatureColumnName = column,
                ContributionsColumnName = "Contributions",
                Architecture = VaeArchitecture.Mlp(8),
                Latent = VaeLatent.Gaussian(1),
                Training = new() { Epochs = 3, Seed = 1, Threads = 1 },
            }))
            .Fit(data);
        _mlContext.Model.ExportPipelineOnnx(model, data.Schema, File);
        using var run = new OnnxPipelineRun(File, data);
        run.AssertGives(model.Transform(data), "Score", "PredictedLabel", "PValue", "Contributions");
    }

    [Fact]
    public void A_condition_that_is_a_key_and_codes_that_are_keys()
    {
        var data = SampleData.View(_mlContext, [.. SampleData.Rows(60).Where(row => row.Kind < 5)]);
        using var model = _mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            CodesColumnName = "Codes",
            ReconstructionColumnName = "Reconstruction",
            Condition = new() { ColumnName = "Kind" },
            Architecture = VaeArchitecture.Mlp(8),
            Latent = VaeLatent.VectorQuantized(8, 3),
            Training = new() { Epochs = 2, Seed = 1, Threads = 1 },
        }).Fit(data);
        _mlContext.Model.ExportPipelineOnnx(model, data.Schema, File);
        using var run = new OnnxPipelineRun(File, data);
        run.AssertGives(model.Transform(data), "Embedding", "Codes", "Reconstruction");
    }

    [Fact]
    public void Columns_of_a_table_and_what_learns_of_its_embedding()
    {
        var data = visits.Context.Data.TakeRows(visits.Data, 300);
        var options = Visit.Options(2) with
        {
            InputColumnNames = ["Country", "Age", "Amount", "Member", "Visits", "Gain"],
        };
        var model = _mlContext.Transforms.Conversion.MapValueToKey("Country")
            .Append(_mlContext.Transforms.VaeEmbed(options))
            .Append(_mlContext.Regression.Trainers.FastTree("Number", "Embedding", numberOfTrees: 5))
            .Fit(data);
        _mlContext.Model.ExportPipelineOnnx(model, data.Schema, File, "Embedding", "Columns", "Score");
        using var run = new OnnxPipelineRun(File, data);
        run.AssertGives(model.Transform(data), "Embedding", "Columns", "Score");

        var loaded = _folder.File("loaded.onnx");
        _mlContext.Model.ExportPipelineOnnx(Loaded(model, data.Schema), data.Schema, loaded, "Embedding", "Columns", "Score");
        using var again = new OnnxPipelineRun(loaded, data);
        again.AssertGives(model.Transform(data), "Embedding", "Columns", "Score");
    }

    [Fact]
    public void A_model_alone()
    {
        var data = Complete(Readings());
        var model = _mlContext.Transforms.Concatenate("Features", "Length").Append(
            _mlContext.Transforms.VaeEmbed(Quick())).Fit(data);
        _mlContext.Model.ExportPipelineOnnx(model.LastTransformer, model.Transform(data).Schema, File);
        using var run = new OnnxPipelineRun(File, model.Transform(data));
        Assert.Equal(["Features"], run.Inputs);
        run.AssertGives(model.Transform(data), "Embedding");
    }

    [Fact]
    public void A_classifier_of_few_labels_gives_keys()
    {
        var data = Complete(Readings());
        var model = _mlContext.Transforms.Concatenate("Features", "Length", "Length")
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label", "Colour"))
            .Append(_mlContext.MulticlassClassification.Trainers.VaeSemiSupervised(new VaeSemiSupervisedOptions
            {
                Architecture = VaeArchitecture.Mlp(8),
                Latent = VaeLatent.SemiSupervised(2),
                Training = new() { Epochs = 2, Seed = 1, Threads = 1 },
            }))
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"))
            .Fit(data);
        _mlContext.Model.ExportPipelineOnnx(model, data.Schema, File, "Score", "PredictedLabel", "Answer");
        using var run = new OnnxPipelineRun(File, data);
        Assert.Equal(["Length"], run.Inputs);
        run.AssertGives(model.Transform(data), "Score", "PredictedLabel", "Answer");
    }

    /// <summary>Shorter rows than the longest of training, too.</summary>
    [Fact]
    public void A_sequence_of_keys()
    {
        var data = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Word
        {
            Letters = [(uint)(1 + (i % 4)), (uint)(1 + (i / 4 % 4)), (uint)(1 + (i / 16 % 4))],
        }).ToList());
        using var model = _mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            InputColumnName = "Letters",
            Architecture = VaeArchitecture.Sequence(8, 4),
            Likelihood = VaeLikelihood.Sequence(5) with { HiddenSize = 8, EmbeddingSize = 4 },
            Latent = VaeLatent.Gaussian(2),
            Training = new() { Epochs = 2, Seed = 1, Threads = 1 },
        }).Fit(data);
        _mlContext.Model.ExportPipelineOnnx(model, data.Schema, File);
        using var run = new OnnxPipelineRun(File, data);
        run.AssertGives(model.Transform(data), "Embedding");
    }

    /// <summary>A model is one of several stock steps there, between steps of the same kinds.</summary>
    [Fact]
    public void A_pipeline_that_was_loaded()
    {
        var data = Complete(Readings());
        var model = _mlContext.Transforms.Conversion.ConvertType("Mass", outputKind: DataKind.Single)
            .Append(_mlContext.Transforms.Conversion.ConvertType("Mass", outputKind: DataKind.Double))
            .Append(_mlContext.Transforms.VaeEmbed(Quick() with { InputColumnName = "Mass", Latent = VaeLatent.Gaussian(1) }))
            .Append(_mlContext.Transforms.NormalizeMinMax("Embedding"))
            .Append(_mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
            {
                FeatureColumnName = "Count",
                Architecture = VaeArchitecture.Mlp(8),
                Latent = VaeLatent.Gaussian(1),
                Training = new() { Epochs = 2, Seed = 1, Threads = 1 },
            }))
            .Fit(data);
        var loaded = Loaded(model, data.Schema);
        _mlContext.Model.ExportPipelineOnnx(loaded, data.Schema, File);
        using var run = new OnnxPipelineRun(File, data);
        run.AssertGives(model.Transform(data), "Embedding", "Score", "PredictedLabel", "PValue");
    }

    private ITransformer Loaded(ITransformer model, DataViewSchema schema)
    {
        using var zip = new MemoryStream();
        _mlContext.Model.Save(model, schema, zip);
        zip.Position = 0;
        return _mlContext.Model.Load(zip, out _);
    }

    /// <summary>ML.NET's converter writes a graph of it that no ONNX Runtime opens.</summary>
    [Fact]
    public void A_step_whose_graph_does_not_open_is_named()
    {
        var data = Complete(Readings());
        var model = _mlContext.Transforms.NormalizeMinMax("Mass")
            .Append(_mlContext.Transforms.VaeEmbed(Quick() with { InputColumnName = "Mass" }))
            .Fit(data);
        var fault = Assert.Throws<InvalidOperationException>(() => _mlContext.Model.ExportPipelineOnnx(model, data.Schema, File));
        Assert.StartsWith("Step 1 of the pipeline, NormalizingTransformer", fault.Message, StringComparison.Ordinal);
        Assert.Contains("ONNX Runtime does not open", fault.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
    }

    /// <summary>The converter calls a tensor of k-means "C".</summary>
    [Fact]
    public void A_column_that_is_called_as_the_converter_calls_a_tensor_is_left_out_of_the_step()
    {
        var data = _mlContext.Transforms.CopyColumns("C", "Colour").Fit(Readings()).Transform(Complete(Readings()));
        var model = _mlContext.Transforms.Concatenate("Features", "Length")
            .Append(_mlContext.Transforms.VaeEmbed(Quick()))
            .Append(_mlContext.Clustering.Trainers.KMeans("Embedding", numberOfClusters: 3))
            .Fit(data);
        _mlContext.Model.ExportPipelineOnnx(model, data.Schema, File, "Score");
        using var run = new OnnxPipelineRun(File, data);
        run.AssertGives(model.Transform(data), "Score");
    }

    [Fact]
    public void A_step_that_no_output_needs_may_have_no_form_and_dropped_columns_are_no_outputs()
    {
        var data = Complete(Readings());
        var model = _mlContext.Transforms.CustomMapping<Reading, Doubled>((row, result) => result.Twice = 2 * row.Length, null)
            .Append(_mlContext.Transforms.Concatenate("Features", "Length"))
            .Append(_mlContext.Transforms.VaeEmbed(Quick()))
            .Append(_mlContext.Transforms.DropColumns("Twice", "Colour"))
            .Fit(data);
        _mlContext.Model.ExportPipelineOnnx(model, data.Schema, File);
        using var run = new OnnxPipelineRun(File, data);
        Assert.Equal(["Length"], run.Inputs);
        Assert.Equal(["Embedding.output", "EmbeddingLogSigma.output", "Features.output"], run.Outputs.Order(StringComparer.Ordinal));
        _mlContext.Model.ExportPipelineOnnx(model, data.Schema, File, "Embedding", "Embedding");
        using var twice = new OnnxPipelineRun(File, data);
        Assert.Equal(["Embedding.output"], twice.Outputs);
    }

    [Fact]
    public void A_step_that_has_no_form_is_named_and_no_file_is_written()
    {
        var data = Complete(Readings());
        var model = _mlContext.Transforms.CustomMapping<Reading, Doubled>((row, result) => result.Twice = 2 * row.Length, null)
            .Append(_mlContext.Transforms.Concatenate("Features", "Length", "Twice"))
            .Append(_mlContext.Transforms.VaeEmbed(Quick()))
            .Fit(data);
        var fault = Assert.Throws<InvalidOperationException>(() => _mlContext.Model.ExportPipelineOnnx(model, data.Schema, File));
        Assert.StartsWith("Step 1 of the pipeline, CustomMappingTransformer", fault.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void An_output_that_is_no_column_is_named_beside_those_that_are()
    {
        var data = Complete(Readings());
        var model = _mlContext.Transforms.Concatenate("Features", "Length").Append(
            _mlContext.Transforms.VaeEmbed(Quick())).Fit(data);
        var fault = Assert.Throws<ArgumentException>(() => _mlContext.Model.ExportPipelineOnnx(model, data.Schema, File, "Embeding"));
        Assert.Contains("'Embeding'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'Embedding'", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>It would write a file that lacks the model, and asks for its columns.</summary>
    [Fact]
    public void The_converter_of_ML_NET_says_what_to_use_instead()
    {
        var data = Complete(Readings());
        var model = _mlContext.Transforms.Concatenate("Features", "Length")
            .Append(_mlContext.Transforms.VaeEmbed(Quick()))
            .Append(_mlContext.BinaryClassification.Trainers.FastTree("Label", "Embedding", numberOfTrees: 5))
            .Fit(data);
        using var bytes = new MemoryStream();
        var fault = Assert.Throws<InvalidOperationException>(() => _mlContext.Model.ConvertToOnnx(model, data, bytes));
        Assert.Contains(nameof(VaeOnnxCatalog.ExportPipelineOnnx), fault.Message, StringComparison.Ordinal);
        fault = Assert.Throws<InvalidOperationException>(() => visits.Context.Model.ConvertToOnnx(visits.Model, visits.Data, bytes));
        Assert.Contains(nameof(VaeOnnxCatalog.ExportPipelineOnnx), fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static VaeOptions Quick() => new()
    {
        Architecture = VaeArchitecture.Mlp(8),
        Latent = VaeLatent.Gaussian(2),
        Training = new() { Epochs = 2, Seed = 1, Threads = 1 },
    };

    private IDataView Complete(IDataView data) => _mlContext.Data.FilterRowsByMissingValues(data, "Length");

    private IDataView Readings()
    {
        var random = new Random(1);
        string[] colours = ["red", "green", "blue"];
        return _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 120).Select(i => new Reading
        {
            Length = i % 10 == 3 ? float.NaN : random.NextSingle(),
            Mass = random.NextDouble(),
            Count = random.Next(5),
            Colour = colours[random.Next(3)],
            Label = i % 2 == 0,
        }).ToList());
    }

    private sealed class Word
    {
        [VectorType(3)]
        [KeyType(4)]
        public uint[] Letters { get; set; } = [];
    }

    private sealed class Doubled
    {
        public float Twice { get; set; }
    }
}
