using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Interop;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Interop;

public class MLNetInternalsTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void The_environment_of_the_transforms_catalog_logs_to_its_context()
        => LogsToItsContext(MLNetInternals.Environment(_mlContext.Transforms));

    [Fact]
    public void The_environment_of_the_anomaly_trainers_logs_to_its_context()
        => LogsToItsContext(MLNetInternals.Environment(_mlContext.AnomalyDetection.Trainers));

    [Fact]
    public void The_environment_of_the_multiclass_trainers_logs_to_its_context()
        => LogsToItsContext(MLNetInternals.Environment(_mlContext.MulticlassClassification.Trainers));

    [Fact]
    public void The_gpu_settings_of_the_context_are_inherited()
    {
        Assert.Null(MLNetInternals.GpuDeviceId(MLNetInternals.Environment(_mlContext.Transforms)));
        foreach (var fallback in new[] { true, false })
        {
            var mlContext = new MLContext { GpuDeviceId = 3, FallbackToCpu = fallback };
            IHostEnvironment[] environments =
            [
                mlContext,
                MLNetInternals.Environment(mlContext.Transforms),
                MLNetInternals.Environment(mlContext.Transforms).Register("part"),
            ];
            Assert.All(environments, environment => Assert.Equal(3, MLNetInternals.GpuDeviceId(environment)));
            Assert.All(environments, environment => Assert.Equal(fallback, MLNetInternals.FallbackToCpu(environment)));
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(null)]
    public void The_seed_of_the_context_is_inherited(int? seed)
    {
        var mlContext = new MLContext(seed);
        Assert.Equal(seed, MLNetInternals.Seed(mlContext));
        Assert.Equal(seed, MLNetInternals.Seed(MLNetInternals.Environment(mlContext.Transforms).Register("part")));
    }

    [Fact]
    public void An_environment_tells_that_its_context_was_cancelled()
    {
        var environment = MLNetInternals.Environment(_mlContext.Transforms).Register("part");
        var isCanceled = MLNetInternals.IsCanceled(environment);
        Assert.False(isCanceled());
        MLContextCancellation.Cancel(_mlContext);
        Assert.True(isCanceled());
        Assert.True(MLNetInternals.IsCanceled(MLNetInternals.Environment(_mlContext.AnomalyDetection.Trainers).Register("later"))());
    }

    [Fact]
    public void A_linear_model_gives_its_only_weight_times_the_value()
    {
        float[] values = [1.5f, float.PositiveInfinity, float.NaN, -3e-38f, float.Epsilon, float.MaxValue];
        var data = SampleData.Features(_mlContext, values.Select(value => new[] { value }), 1);
        var scored = MLNetInternals.Linear(_mlContext, data.Schema, "Features", [1]).Transform(data);
        Assert.Equal(values, scored.GetColumn<float>("Score"));
    }

    [Fact]
    public void A_shape_column_is_what_it_is_made_of()
    {
        var annotation = MLNetInternals.ShapeColumn("SlotNames", SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance);
        var column = MLNetInternals.ShapeColumn(
            "A", SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true, new SchemaShape([annotation]));
        Assert.Equal(
            ("A", SchemaShape.Column.VectorKind.Scalar, true, "SlotNames"),
            (column.Name, column.Kind, column.IsKey, Assert.Single(column.Annotations).Name));
        Assert.Equal(NumberDataViewType.UInt32, column.ItemType);
        Assert.Empty(annotation.Annotations);
    }

    [Fact]
    public void A_shape_is_made_of_a_schema()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("A", new VectorDataViewType(NumberDataViewType.Single, 2));
        builder.AddColumn("B", new KeyDataViewType(typeof(uint), 3));
        var shape = MLNetInternals.Shape(builder.ToSchema());
        Assert.Equal(
            [("A", SchemaShape.Column.VectorKind.Vector, false), ("B", SchemaShape.Column.VectorKind.Scalar, true)],
            shape.Select(column => (column.Name, column.Kind, column.IsKey)));
    }

    private void LogsToItsContext(IHostEnvironment environment)
    {
        var messages = new List<string>();
        _mlContext.Log += (_, entry) => messages.Add(entry.RawMessage);
        using (var channel = environment.Start("test"))
        {
            channel.Info(MessageSensitivity.None, "hello");
        }

        Assert.Contains("hello", messages);
    }
}
