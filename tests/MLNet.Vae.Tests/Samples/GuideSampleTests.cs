namespace MLNet.Vae.Tests.Samples;

/// <summary>The samples of the first page and of the guides, and what they print.</summary>
public sealed class GuideSampleTests
{
    /// <summary>By how much an area may differ from the page's on another machine.</summary>
    private const double Tolerance = 0.03;

    [Fact]
    public void Anomalies_are_found_and_their_columns_named()
    {
        var lines = SampleProgram.Run("anomalies.cs").Lines;
        Assert.Equal(3, lines.Count);
        Assert.StartsWith("as usual ", lines[0], StringComparison.Ordinal);
        Assert.Matches("^unlike the others .* most of all Temperature$", lines[1]);
        Assert.Matches("^unlike the others .* most of all Mode$", lines[2]);
    }

    [Fact]
    public void Features_learned_from_all_rows_serve_the_few_with_a_label()
    {
        var run = SampleProgram.Run("features.cs");
        Assert.True(run.Number("AUC on the embedding:") > run.Number("AUC on the 64 features:"), run.Output);
        Assert.Equal(run.Number("AUC on the embedding:"), run.Number("Loaded from features.zip:"));
    }

    [Fact]
    public void A_pipeline_learns_a_label_from_the_embedding_and_a_detector_scores_new_rows()
    {
        var run = SampleProgram.Run("fragments.cs");
        Assert.InRange(run.Number("accuracy"), 0.95, 1);
        Assert.True(run.Numbers("high: scores from")[0] > run.Numbers("low: scores from")[1], run.Output);
    }

    [Fact]
    public void A_table_is_taken_as_it_comes()
    {
        var run = SampleProgram.Run("flowers.cs");
        foreach (var view in new[] { "should", "filled", "synthetic" })
        {
            var (tall, low) = (run.Numbers($"{view}, tall:"), run.Numbers($"{view}, short:"));
            Assert.Equal(view == "synthetic" ? 1000 : 60, tall[0] + low[0]);
            Assert.All(tall.Concat(low).Where((_, i) => i % 3 > 0), length => Assert.InRange(length, 3, 7));
        }
        Assert.Equal([54], run.Numbers("6 lengths were missing,"));
    }

    [Fact]
    public void The_guide_of_anomalies_has_its_figures()
    {
        var run = SampleProgram.Run("anomalies/guide.cs");
        var (reported, found) = (run.Number("reported"), run.Number("of them faults"));
        Assert.InRange(found, 20, 60);
        Assert.InRange(reported - found, 0, found / 5);
        Assert.Contains("The worst row is a fault, by reading 2; what sticks is 2.", run.Lines);
        Assert.True(run.Number("p at most 0.05:") > 0.1 && run.Number("p at most 0.5:") > 0.5, run.Output);
        Assert.InRange(run.Number("p at most 0.05 of normal rows:"), 0, 0.05);
        Assert.True(run.Number("told:") > run.Number("not told:"), run.Output);
        Near(0.99, run.Number("\ndetector:"));
        Near(0.99, run.Number("\ntrees:"));
        Near(0.99, run.Number("trees on features alone:"));
        Near(0.83, run.Number("\nPCA:"));
        Near(0.98, run.Number("nearest row:"));

        // Faults in the history blind the nearest row more than the detector, and next to none is unusual enough beside them.
        Near(0.90, run.Number("Contaminated, detector:"));
        Near(0.91, run.Number("Unknown, detector:"));
        var others = run.Numbers("With faults in the history,");
        Near(0.81, others[0]);
        Near(0.86, others[1]);
        foreach (var purity in new[] { "Contaminated, detector:", "Unknown, detector:" })
        {
            Assert.True(run.Number(purity) > others[1] + 0.01, run.Output);
            Assert.InRange(run.Numbers(purity)[1], 0, 20);
        }
    }

    [Fact]
    public void Columns_of_several_kinds_are_judged_together()
    {
        var run = SampleProgram.Run("anomalies/mixed.cs");
        Assert.InRange(run.Number("reported of 60 usual rows:"), 0, 7);
        Assert.InRange(run.Number("reported of 20 unusual rows:"), 16, 20);
        Assert.Contains("The loaded detector gives the same p-values.", run.Lines);
    }

    [Fact]
    public void A_threshold_is_set_afterwards()
    {
        var run = SampleProgram.Run("anomalies/threshold.cs");
        Assert.InRange(run.Number("above the threshold:"), 1, 50);
        Assert.Equal(run.Number("above the threshold:"), run.Number("flagged:"));
    }

    [Fact]
    public void A_table_gives_features_scores_what_is_missing_and_new_rows()
    {
        var run = SampleProgram.Run("tables.cs");
        Assert.InRange(run.Number("AUC"), 0.6, 1);
        var worst = run.Numbers("age is ");
        Assert.Equal(450, worst[0]);
        Assert.InRange(worst[1], 17, 90);
        Assert.Contains("The page has a mark above training: True", run.Lines);
        Assert.Contains("The loaded detector gives the same scores: True", run.Lines);
        Assert.Contains("What was there stays: True", run.Lines);

        Assert.InRange(run.Number("ages missing before:"), 60, 80);
        Assert.Equal(run.Number("ages missing before:"), run.Number("ages told to have been missing:"));
        Assert.Equal(0, run.Number("ages missing after:"));
        Assert.True(run.Number("variance between them") > 0, run.Output);

        Assert.Matches("\ndrawn: 200 rows, ages from .*, whole: True\n", run.Output);
        Assert.Equal(20, run.Number("as asked for:"));
        Assert.Contains("kind of age: Quantile, 1 features", run.Lines);
        Assert.Contains(run.Lines, line => line.StartsWith("kind of education_num: Categorical", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Lines, line => line.StartsWith("kind of fnlwgt", StringComparison.Ordinal));
    }

    [Fact]
    public void A_null_is_missing_where_a_data_frame_says_so()
    {
        var run = SampleProgram.Run("frames.cs");
        Assert.Contains("missing of each column: 43 43 43 43", run.Lines);
        Assert.Equal(0, run.Number("scores that are no number:"));
        Assert.Equal(300, run.Number("rows in which what is missing, and no more, has no part:"));
        Assert.Contains("pump: Categorical, 0 missing", run.Lines);
        Assert.Contains("speed: Histogram, 43 missing", run.Lines);
    }

    [Fact]
    public void Detectors_are_evaluated_asked_stopped_and_written_as_one_file()
    {
        var run = SampleProgram.Run("pipelines.cs");
        Assert.InRange(run.Number("AUC"), 0.9, 1);
        Assert.Equal(run.Number("AUC"), run.Number("the binary evaluator's AUC"));
        Assert.InRange(run.Number("precision"), 0.6, 1);
        Assert.InRange(run.Number("recall"), 0.8, 1);
        Assert.Equal(200, run.Number("the detector goes on:"));
        Assert.Contains("Cancelled after 3 epochs", run.Lines);
        Assert.Contains("inputs Features Pump", run.Lines);
        Assert.Matches("\noutputs Embedding\\S* Score\\S*\n", run.Output);
    }

    [Fact]
    public void Readings_are_judged_by_those_before_them()
    {
        var run = SampleProgram.Run("series.cs");
        Assert.InRange(run.Number("alarms while all is well:"), 0, 16);
        Assert.Equal(160, run.Number("alarms of the valve:"));
        Assert.Equal(160, run.Number("of them by the flow:"));
        Assert.Matches("Pressure: worth \\d+ readings, judged: True", run.Output);
        Assert.Contains("The engine goes on with Pump 7.", run.Lines);
        Assert.Contains("The loaded detector gives the same scores: True", run.Lines);
        Assert.Equal(561, run.Number("windows of 600 readings:"));
    }

    [Fact]
    public void Samples_are_like_the_data()
    {
        var run = SampleProgram.Run("generation/sampling.cs");
        Assert.Contains("counts 100 5 7 500", run.Lines);
        Assert.InRange(run.Number("unlike the data:"), 0, 5);
        Assert.Equal(6, run.Number("nearer to the row than the other is:"));
    }

    [Fact]
    public void The_condition_decides_what_is_drawn_and_the_code_where()
    {
        var run = SampleProgram.Run("generation/conditions.cs");
        var times = run.Numbers("a ring has");
        Assert.Equal(10, times.Length);
        Assert.All(times, ratio => Assert.True(ratio > 1.4));
        Assert.InRange(run.Number("as a bar it has"), 0, 0.7);
        Assert.All(new[] { "styles.png", "analogies.png" }, file => Assert.True(run.Number($"{file} has") > 500));
    }

    [Fact]
    public void Rows_take_few_more_bits_than_their_entropy()
    {
        var run = SampleProgram.Run("generation/compression.cs");
        Assert.InRange(run.Number("over the entropy:"), 0.97, 1.1);
        Assert.Equal(1000, run.Number("rows that came back as they were:"));
    }

    [Fact]
    public void Pictures_are_drawn()
    {
        var run = SampleProgram.Run("generation/pictures.cs");
        Assert.Contains("The tag ends with alt=\"twenty samples\">", run.Output, StringComparison.Ordinal);
        foreach (var name in new[] { "reconstructions", "manifold", "traversals", "interpolation", "codes", "rows", "bound" })
            Assert.True(run.Number($"{name}.png has") > 500);
    }

    [Fact]
    public void A_page_shows_a_model_of_a_vector()
    {
        var run = SampleProgram.Run("report/rows.cs");
        Assert.Contains("<title>Sensors of hall 3</title>", run.Output, StringComparison.Ordinal);
        Assert.Contains("parts begin with <div class=\"mlnetvae\" <div class=\"mlnetvae\"", run.Lines);
    }

    [Fact]
    public void A_page_shows_a_table() =>
        Assert.Contains("<title>Orders of May</title>", SampleProgram.Run("report/table.cs").Output, StringComparison.Ordinal);

    [Fact]
    public void A_page_shows_series() =>
        Assert.Contains("<title>Pumps of hall 3</title>", SampleProgram.Run("report/series.cs").Output, StringComparison.Ordinal);

    [Fact]
    public void A_page_shows_synthetic_rows()
    {
        var run = SampleProgram.Run("report/synthetic.cs");
        Assert.Contains("told: False, copied: False", run.Lines);
        Assert.Contains("<title>Customers</title>", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_and_samples_are_measured()
    {
        var run = SampleProgram.Run("measures.cs");
        Assert.InRange(run.Number("informativeness by itself"), 0.6, 1);
        Assert.Contains(run.Lines, line => line.StartsWith("length: MIG 0.", StringComparison.Ordinal));
        Assert.Contains("wide 0.81, narrow 0.32", run.Lines);
        Assert.Equal(run.Number("of two dimensions"), run.Number("of the first alone"));
        Assert.InRange(run.Number("near share"), 0.5, 1);
        Assert.True(run.Number("the farthest sample is at") > 1, run.Output);
    }

    [Fact]
    public void Words_are_written_and_lead_from_one_to_another()
    {
        var run = SampleProgram.Run("sequences.cs");
        Assert.Contains("counts 5 5 6", run.Lines);
        Assert.True(run.Number("names of 200 drawn ones:") > 140, run.Output);
        Assert.InRange(run.Number("mean score:"), 0, 12);
        Assert.Contains("MapKeyToValue", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_model_is_served()
    {
        var run = SampleProgram.Run("serving.cs");
        Assert.Matches("^score .*, p-value .*, Amount\n", run.Output);
        Assert.Contains("score answers 200; the same score: True", run.Lines);
        Assert.Contains("pumps/score answers 200; the same score: True", run.Lines);
        Assert.Contains("health: Healthy", run.Lines);
    }

    [Fact]
    public void Rows_and_arrays_are_embedded_and_kept()
    {
        var run = SampleProgram.Run("vectors.cs");
        Assert.Contains("100 vectors of 3; as the column has it: True", run.Lines);
        Assert.Contains("of arrays 100 vectors of 2", run.Lines);
        Assert.Contains("cached 1; the same: True", run.Lines);
    }

    [Fact]
    public void Arrays_are_scored_as_views_are()
    {
        var run = SampleProgram.Run("native.cs");
        Assert.InRange(run.Number("flagged:"), 1, 30);
        Assert.InRange(run.Number("scores differ by"), 0, 1e-4);
        Assert.Equal(300, run.Number("labels agree in"));
        Assert.Contains("counts 600 1200 1200 100 300", run.Lines);
    }

    [Fact]
    public void One_process_scores_a_file_and_learns_from_readings()
    {
        var run = SampleProgram.Run("orleans.cs");
        Assert.Contains("a file: Done, rows 1000", run.Lines);
        Assert.Contains("a source: Done, rows 50", run.Lines);
        Assert.Contains("pump 7 is learning", run.Lines);
        Assert.Contains("scores of a reading: 1", run.Lines);
    }

    [Fact]
    public void One_process_scores_a_table_of_text_and_one_of_Parquet()
    {
        var run = SampleProgram.Run("orleans/tables.cs");
        Assert.Contains("scores: Done, 300 rows of 10 partitions", run.Lines);
        Assert.Contains("scores-of-parquet: Done, 300 rows of 6 partitions", run.Lines);
        Assert.Contains("the same scores: True", run.Lines);
    }

    [Fact]
    public void A_silo_and_a_client_speak_TLS() => Assert.Contains("by TLS: Done, 100 rows", SampleProgram.Run("orleans/tls.cs").Lines);

    private static void Near(double page, double found) => Assert.InRange(found, page - Tolerance, Math.Min(1, page + Tolerance));
}
