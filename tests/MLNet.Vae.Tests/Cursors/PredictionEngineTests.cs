using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Cursors;

public class PredictionEngineTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly VaeModel _model = SampleModels.Create(SampleModels.AllColumns);
    private readonly List<SampleData.Row> _rows = SampleData.Rows(10);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_engine_disposes_its_transformer_unless_it_is_told_that_it_is_another_s(bool owns)
    {
        var source = SampleData.View(_mlContext, SampleData.Rows(3));
        using var transformer = new VaeTransformer(_mlContext, _model, new());
        var engine = _mlContext.Model.CreatePredictionEngine<SampleData.Row, Prediction>(
            transformer, new PredictionEngineOptions { OwnsTransformer = owns });
        engine.Dispose();

        var error = Record.Exception(() => transformer.Transform(source).GetColumn<float[]>("Embedding").Count());

        Assert.Equal(owns, error is ObjectDisposedException);
        Assert.Equal(owns, error is not null);
    }

    [Fact]
    public void Predicts_what_a_view_gives()
    {
        using var engine = _mlContext.Model.CreatePredictionEngine<SampleData.Row, Prediction>(
            new VaeTransformer(_mlContext, _model, new())
        );
        ExpectReference(engine.Predict);
    }

    [Fact]
    public void Predicts_at_the_end_of_a_chain()
    {
        var data = _mlContext.Data.LoadFromEnumerable(Parts());
        var chain = _mlContext.Transforms.Concatenate("Features", nameof(Part.A), nameof(Part.B))
            .Append(new ModelEstimator(_mlContext, _model))
            .Fit(data);
        using var engine = _mlContext.Model.CreatePredictionEngine<Part, Prediction>(chain);
        var parts = Parts().ToArray();
        ExpectReference(row => engine.Predict(parts[row.Number]));
    }

    [Fact]
    public void Predicts_before_a_trainer()
    {
        var data = _mlContext.Data.LoadFromEnumerable(Labelled());
        var chain = new ModelEstimator(_mlContext, _model)
            .Append(_mlContext.BinaryClassification.Trainers.FastTree(
                featureColumnName: "Embedding", numberOfTrees: 5, minimumExampleCountPerLeaf: 2))
            .Fit(data);
        var expected = chain.Transform(data).GetColumn<float>("Probability").ToArray();
        Assert.True(expected.Distinct().Count() > 1);

        using var engine = _mlContext.Model.CreatePredictionEngine<LabelledRow, Probability>(chain);
        var actual = Labelled().Select(row => engine.Predict(row).Value);
        FloatAssert.Near(expected, [.. actual], "probability");
    }

    [Fact]
    public void The_same_row_object_is_read_again_at_each_prediction()
    {
        using var engine = _mlContext.Model.CreatePredictionEngine<SampleData.Row, Prediction>(
            new VaeTransformer(_mlContext, _model, new())
        );
        var row = _rows[0];
        var first = engine.Predict(row).Score;
        row.Features = _rows[3].Features;
        Assert.NotEqual(first, engine.Predict(row).Score);
    }

    [Fact]
    public void A_prediction_allocates_no_more_than_the_engine_itself()
    {
        using var transformer = new VaeTransformer(_mlContext, _model, new());
        using var engine = _mlContext.Model.CreatePredictionEngine<Whole, Prediction>(transformer);
        using var copying = _mlContext.Model.CreatePredictionEngine<Whole, Copied>(
            _mlContext.Transforms.CopyColumns("Copy", "Features").Fit(_mlContext.Data.LoadFromEnumerable(Array.Empty<Whole>())));
        var row = new Whole { Features = [.. _rows[0].Features.DenseValues()] };
        var (prediction, copied) = (new Prediction(), new Copied());
        Assert.True(Bytes(() => engine.Predict(row, ref prediction)) <= Bytes(() => copying.Predict(row, ref copied)));
    }

    [Fact]
    public void A_row_is_scored_once_however_many_columns_are_read()
    {
        var input = new FixedRow();
        using var transformer = new VaeTransformer(_mlContext, _model, new());
        using var row = ((ITransformer)transformer)
            .GetRowToRowMapper(input.Schema)
            .GetRow(input, transformer.GetOutputSchema(input.Schema));
        var score = row.GetGetter<float>(row.Schema["Score"]);
        var embedding = row.GetGetter<VBuffer<float>>(row.Schema["Embedding"]);
        var value = 0f;
        VBuffer<float> mean = default;
        for (var position = 0; position < 3; position++)
        {
            input.MoveTo(position);
            score(ref value);
            embedding(ref mean);
            score(ref value);
            Assert.Equal((position, position + 1), ((int)row.Position, input.Reads));
        }
    }

    [Fact]
    public void The_mapper_asks_for_the_features_only_where_an_added_column_is_wanted()
    {
        using var transformer = new VaeTransformer(_mlContext, _model, new());
        var schema = SampleData.View(_mlContext, _rows).Schema;
        var mapper = ((ITransformer)transformer).GetRowToRowMapper(schema);
        Assert.Same(schema, mapper.InputSchema);
        Assert.Equal(["Features"], mapper.GetDependencies([mapper.OutputSchema["Score"]]).Select(column => column.Name));
        Assert.Equal(["Name"], mapper.GetDependencies([mapper.OutputSchema["Name"]]).Select(column => column.Name));
    }

    [Fact]
    public void A_row_gives_active_columns_only_and_of_their_type_only()
    {
        using var transformer = new VaeTransformer(_mlContext, _model, new());
        var input = new FixedRow();
        var mapper = ((ITransformer)transformer).GetRowToRowMapper(input.Schema);
        using var row = mapper.GetRow(input, [mapper.OutputSchema["Embedding"]]);
        Assert.Same(mapper.OutputSchema, row.Schema);
        Assert.Equal(["Embedding"], row.Schema.Where(row.IsColumnActive).Select(column => column.Name));
        Refusal.Expect(() => row.GetGetter<float>(row.Schema["Score"]), "an inactive column");
        Refusal.Expect(() => row.GetGetter<VBuffer<float>>(row.Schema["Features"]), "an inactive column of the input");
        Refusal.Expect(() => row.GetGetter<VBuffer<double>>(row.Schema["Embedding"]), "another type");
    }

    [Fact]
    public void A_row_of_another_schema_is_refused()
    {
        using var transformer = new VaeTransformer(_mlContext, _model, new());
        var mapper = ((ITransformer)transformer).GetRowToRowMapper(SampleData.View(_mlContext, _rows).Schema);
        var exception = Refusal.Expect(() => mapper.GetRow(new FixedRow(), mapper.OutputSchema), "another schema");
        Assert.Equal(
            "The row has another schema than the one this mapper was made for. Make a mapper from the row's own schema.",
            exception.Message
        );
    }

    [Fact]
    public void A_row_disposes_its_input_once()
    {
        using var transformer = new VaeTransformer(_mlContext, _model, new());
        var input = new FixedRow();
        var mapper = ((ITransformer)transformer).GetRowToRowMapper(input.Schema);
        var row = mapper.GetRow(input, mapper.OutputSchema);
        row.Dispose();
        row.Dispose();
        Assert.Equal(1, input.Disposals);
    }

    private void ExpectReference(Func<SampleData.Row, Prediction> predict)
    {
        var reference = new Reference(_model, [.. _rows.Select(row => row.Features.DenseValues().ToArray())]);
        for (var i = 0; i < _rows.Count; i++)
        {
            var prediction = predict(_rows[i]);
            FloatAssert.Near(reference.Mean(i), prediction.Embedding, $"embedding of row {i}");
            FloatAssert.Near(reference.Score(i), prediction.Score, $"score of row {i}");
            Assert.Equal(reference.Score(i) > SampleModels.Threshold, prediction.PredictedLabel);
        }
    }

    private static double Bytes(Action predict)
    {
        const int Times = 2_000;
        var before = 0L;
        for (var i = -Times; i < Times; i++)
        {
            if (i == 0)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            predict();
        }

        return Math.Round((GC.GetAllocatedBytesForCurrentThread() - before) / (double)Times);
    }

    private IEnumerable<Part> Parts() => _rows.Select(row =>
    {
        var values = row.Features.DenseValues().ToArray();
        return new Part { A = values[..2], B = values[2..] };
    });

    private static IEnumerable<LabelledRow> Labelled() => SampleData.Rows(60).Select(row => new LabelledRow
    {
        Features = [.. row.Features.DenseValues()],
        Label = row.Features.GetItemOrDefault(1) > 0,
    });

    public sealed class Whole
    {
        [VectorType(SampleModels.Features)]
        public float[] Features { get; set; } = [];
    }

    public sealed class Copied
    {
        [VectorType(SampleModels.Features)]
        public float[] Copy { get; set; } = [];
    }

    public sealed class Part
    {
        [VectorType(2)]
        public float[] A { get; set; } = [];

        [VectorType(SampleModels.Features - 2)]
        public float[] B { get; set; } = [];
    }

    public sealed class LabelledRow
    {
        [VectorType(SampleModels.Features)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    public sealed class Probability
    {
        [ColumnName("Probability")]
        public float Value { get; set; }
    }

    /// <summary>A row whose position the test sets.</summary>
    private sealed class FixedRow : DataViewRow
    {
        private long _position = -1;

        public FixedRow()
        {
            var builder = new DataViewSchema.Builder();
            builder.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, SampleModels.Features));
            Schema = builder.ToSchema();
        }

        public int Reads { get; private set; }

        public int Disposals { get; private set; }

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema { get; }

        public void MoveTo(long position) => _position = position;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => (ValueGetter<TValue>)(Delegate)(ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                Reads++;
                value = new(SampleModels.Features, new float[SampleModels.Features]);
            });

        protected override void Dispose(bool disposing)
        {
            Disposals++;
            base.Dispose(disposing);
        }
    }
}
