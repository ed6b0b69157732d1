using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Tables;

public sealed class VaeTableTests(TrainedVisits trained) : IClassFixture<TrainedVisits>
{
    private static Visit Usual => new()
    {
        Country = "FR",
        Age = 40,
        Amount = 7,
        Member = true,
        Visits = 4,
        Since = new(2020, 5, 20),
        Note = "n",
        Number = 3,
    };

    [Fact]
    public void Kinds_are_chosen_by_the_rows()
    {
        var kinds = trained.Model.Table.Columns.ToDictionary(column => column.Name, column => column.Kind);
        Assert.Equal(VaeColumnKind.Categorical, kinds["Country"]);
        Assert.Equal(VaeColumnKind.Boolean, kinds["Member"]);
        Assert.Equal(VaeColumnKind.Histogram, kinds["Visits"]);
        Assert.Equal(VaeColumnKind.Histogram, kinds["Gain"]);
        Assert.Equal(VaeColumnKind.Time, kinds["Since"]);
        Assert.Equal(VaeColumnKind.Quantile, kinds["Age"]);
        Assert.Null(kinds["Note"]);
        Assert.Null(kinds["Number"]);
        Assert.Null(kinds["Same"]);
        Assert.Contains("Country", trained.Model.Table.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_set_aside_is_named_with_a_warning()
    {
        foreach (var (column, why) in new[] { ("Note", "like an identifier"), ("Number", "like an identifier"), ("Same", "constant") })
        {
            Assert.Contains(trained.Log, line => line.Contains($"Column '{column}' is set aside", StringComparison.Ordinal)
                && line.Contains(why, StringComparison.Ordinal) && line.Contains("Warning", StringComparison.Ordinal));
        }
        Assert.DoesNotContain(trained.Log, line => line.Contains("teach nothing", StringComparison.Ordinal));
    }

    [Fact]
    public void Contributions_are_of_columns_and_sum_to_the_score()
    {
        var scored = trained.Model.Transform(trained.Data);
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Columns"].GetSlotNames(ref names);
        Assert.Equal(
            trained.Model.Table.Columns.Where(column => column.Kind is not null).Select(column => column.Name),
            names.DenseValues().Select(name => name.ToString()));
        foreach (var row in trained.Context.Data.CreateEnumerable<ScoredVisit>(scored, reuseRowObject: false).Take(200))
            Assert.Equal(row.Score, row.Contributions.Sum(), 1e-3 + (1e-4 * Math.Abs(row.Score)));
    }

    [Fact]
    public void What_is_between_table_and_model_goes_no_further()
    {
        var schema = trained.Model.GetOutputSchema(trained.Data.Schema);
        Assert.DoesNotContain(schema, column => column.Name.StartsWith("Table", StringComparison.Ordinal));
        Assert.Equal(
            [.. trained.Data.Schema.Select(column => column.Name), "Embedding", "EmbeddingLogSigma", "Score", "Columns"],
            schema.Select(column => column.Name));
        Assert.Equal(schema.Select(column => column.Type.ToString()), trained.Model.Transform(trained.Data).Schema.Select(column
            => column.Type.ToString()));
    }

    [Fact]
    public void What_comes_after_it_in_a_chain_is_told_of_its_columns()
    {
        var chain = trained.Context.Transforms.VaeEmbed(Visit.Options(1))
            .Append(trained.Context.Transforms.Concatenate("Both", "Embedding", "Columns"));
        var few = trained.Context.Data.TakeRows(trained.Data, 100);
        Assert.Equal("Vector<Single, 10>", chain.Fit(few).Transform(few).Schema["Both"].Type.ToString());
    }

    [Fact]
    public void A_missing_value_counts_for_nothing()
    {
        var holes = Usual;
        (holes.Country, holes.Age, holes.Since) = ("", float.NaN, default);
        var row = Assert.Single(trained.Context.Data.CreateEnumerable<ScoredVisit>(
            trained.Model.Transform(Visit.View(trained.Context, [holes])), reuseRowObject: false));
        var columns = trained.Model.Table.Columns.Where(column => column.Kind is not null).Select(column => column.Name).ToList();
        foreach (var column in new[] { "Country", "Age", "Since" })
            Assert.Equal(0, row.Contributions[columns.IndexOf(column)]);
        Assert.True(row.Score > 0);
    }

    [Fact]
    public void A_category_that_training_had_not_and_a_number_beyond_it_are_surprising()
    {
        Visit unseen = Usual, beyond = Usual, negative = Usual;
        unseen.Country = "Atlantis";
        beyond.Gain = 1e6f;
        negative.Amount = -5;
        var scores = trained.Scores([Usual, unseen, beyond, negative]);
        Assert.All(scores[1..], score => Assert.True(score > scores[0] + 5, $"{score} beside {scores[0]}"));
        Assert.All(scores, score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void A_saved_model_gives_the_same()
    {
        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, "model.zip");
        trained.Context.Model.Save(trained.Model, trained.Data.Schema, path);
        using var loaded = VaeTableTransformer.From(trained.Context, path);
        Assert.Equal(trained.Model.Table.ToString(), loaded.Table.ToString());
        ViewAssert.SameRows(trained.Model.Transform(trained.Data), loaded.Transform(trained.Data), _ => true);
        Assert.Equal(Drawn(trained.Model), Drawn(loaded));

        string[] Drawn(VaeTableTransformer model) => [.. model.Sample(20, seed: 4).GetColumn<string>("Country")];
    }

    [Fact]
    public void A_prediction_engine_gives_what_a_pass_gives()
    {
        using var engine = trained.Context.Model.CreatePredictionEngine<Visit, ScoredVisit>(
            trained.Model, new PredictionEngineOptions { OwnsTransformer = false });
        var scores = trained.Scores(trained.Rows.Take(50));
        for (var i = 0; i < scores.Length; i++)
            Assert.Equal(scores[i], engine.Predict(trained.Rows[i]).Score, 1e-3);
    }

    [Fact]
    public void The_same_seed_gives_the_same_model()
    {
        var data = Visit.View(new(), Visit.Rows(200));
        float[] Scores()
        {
            using var model = new MLContext().Transforms.VaeEmbed(Visit.Options(3)).Fit(data);
            return [.. model.Transform(data).GetColumn<float>("Score")];
        }
        Assert.Equal(Scores(), Scores());
    }

    [Fact]
    public void A_detector_labels_rows_and_its_threshold_can_be_changed()
    {
        var context = new MLContext(seed: 1);
        var options = Visit.Options(20) with { ScoreColumnName = null, Contamination = 0.1 };
        using var model = context.AnomalyDetection.Trainers.Vae(options).Fit(trained.Data);
        var scored = model.Transform(trained.Data);
        Assert.Equal(
            ["Score", "PredictedLabel", "PValue", "Columns"],
            scored.Schema.Select(column => column.Name).Except(trained.Data.Schema.Select(column => column.Name)));
        Assert.InRange(scored.GetColumn<bool>("PredictedLabel").Average(label => label ? 1.0 : 0), 0.05, 0.15);
        using var never = model.WithThreshold(1e6);
        Assert.DoesNotContain(true, never.Transform(trained.Data).GetColumn<bool>("PredictedLabel"));
    }

    [Fact]
    public void What_the_model_expects_is_in_the_columns_own_types()
    {
        var expected = trained.Model.Reconstruct(trained.Data);
        Assert.Equal(
            trained.Data.Schema.Select(column => (column.Name, column.Type)), expected.Schema.Select(column => (column.Name, column.Type)));
        Assert.DoesNotContain("", expected.GetColumn<string>("Country"));
        Assert.Equal(trained.Rows.Select(row => row.Note), expected.GetColumn<string>("Note"));
        var right = trained.Rows.Zip(expected.GetColumn<string>("Country")).Count(pair => pair.First.Country == pair.Second);
        Assert.True(right > 0.8 * trained.Rows.Count(row => row.Country.Length > 0), $"{right}");
    }

    [Fact]
    public void Numbers_of_another_type_and_keys_in_place_of_text_are_read_alike()
    {
        var context = trained.Context;
        var other = context.Transforms.Conversion.ConvertType("Age", "Age", DataKind.Double)
            .Append(context.Transforms.Conversion.MapValueToKey("Country", "Country")).Fit(trained.Data).Transform(trained.Data);
        Assert.IsType<KeyDataViewType>(other.Schema["Country"].Type);
        Assert.Equal(
            trained.Model.Transform(trained.Data).GetColumn<float>("Score"), trained.Model.Transform(other).GetColumn<float>("Score"));
    }

    [Fact]
    public void A_schema_that_does_not_fit_is_refused_with_all_that_is_wrong()
    {
        var context = trained.Context;
        var other = context.Transforms.Conversion.ConvertType("Country", "Age", DataKind.Double)
            .Append(context.Transforms.DropColumns("Amount")).Fit(trained.Data).Transform(trained.Data);
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => trained.Model.Transform(other));
        Assert.Contains("column 'Country' is Double: expected Text", fault.Message, StringComparison.Ordinal);
        Assert.Contains("column 'Amount' is missing", fault.Message, StringComparison.Ordinal);
    }
}
