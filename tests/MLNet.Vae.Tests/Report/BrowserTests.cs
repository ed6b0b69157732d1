using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Onnx;
using MLNet.Vae.Tests.Onnx;

namespace MLNet.Vae.Tests.Report;

/// <summary>Reports in a real browser, which has no network: what it computes is what C# computes.</summary>
[Collection(Kit.AloneInProcess.Name)]
public sealed class BrowserTests(BrowserObservations observations, ITestOutputHelper output) : IClassFixture<BrowserObservations>
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Theory]
    [InlineData("pictures", 11)]
    [InlineData("table", 8)]
    [InlineData("quantized", 7)]
    [InlineData("mixture", 8)]
    [InlineData("hierarchical", 8)]
    [InlineData("deterministic", 7)]
    [InlineData("encoder", 5)]
    public void A_page_opens_from_disk_without_an_error_or_a_request_and_no_part_is_empty(string page, int parts)
    {
        var seen = observations.Of(page);
        Assert.Empty(Strings(seen.GetProperty("console")));
        Assert.Empty(Strings(seen.GetProperty("requests")));
        var found = seen.GetProperty("parts").EnumerateArray().ToArray();
        Assert.Equal(parts, found.Length);
        Assert.All(found, part => Assert.True(part.GetProperty("text").GetInt32() > 10, $"{part}"));
        string[] drawn = ["lossCurves", "latentDimensions", "latentSpace", "scores", "reconstructions", "manifold"];
        Assert.All(
            found,
            part =>
                Assert.True(!drawn.Contains(part.GetProperty("part").GetString()) || part.GetProperty("canvases").GetInt32() > 0, $"{part}")
        );
        output.WriteLine($"{page}: opened in {seen.GetProperty("opened")} ms");
    }

    [Fact]
    public void Moved_sliders_and_a_chosen_condition_decode_as_in_CSharp_pixel_by_pixel()
    {
        var moved = observations.Of("pictures").GetProperty("moved");
        var code = Floats(moved, "code");
        Assert.Equal([1.5f, -2f, 0.25f], [code[3], code[7], code[0]]);
        Assert.Equal([0f, 1f, 0f], Floats(moved, "condition"));

        var expected = Decode(observations.Pictures, code, [0, 1, 0]);
        var values = Floats(moved, "values");
        Near.Equal([.. expected.Select(value => (double)value)], values, "decoded");

        var pixels = Floats(moved, "pixels");
        Assert.Equal(4 * ReportModels.Pixels, pixels.Length);
        for (var i = 0; i < ReportModels.Pixels; i++)
        {
            // A value on the edge between two bytes may fall to either.
            Assert.Equal(255 * expected[i], pixels[4 * i], 0.51f);
            Assert.Equal([pixels[4 * i], pixels[4 * i], pixels[4 * i], 255f], pixels[(4 * i)..(4 * i + 4)]);
        }

        Assert.True(expected.Max() - expected.Min() > 0.5, "The picture shows nothing.");
    }

    [Fact]
    public void The_dimensions_in_use_are_at_hand_and_the_others_folded_away()
    {
        var seen = observations.Of("pictures");
        Assert.Equal(8, seen.GetProperty("sliders").GetInt32());
        Assert.Equal(12, seen.GetProperty("folded").GetInt32());
    }

    [Fact]
    public void A_click_on_a_point_loads_its_code_and_its_condition()
    {
        var clicked = observations.Of("pictures").GetProperty("clicked");
        var row = clicked.GetProperty("expected").GetInt32();
        Assert.Equal(row, clicked.GetProperty("row").GetInt32());
        Assert.Contains($"row {row.ToString("N0", CultureInfo.InvariantCulture)}", clicked.GetProperty("hover").GetString());

        var rows = observations.Rows;
        using var transformer = new VaeTransformer(_mlContext, observations.Pictures, new());
        var embedding = transformer.Transform(ReportRows.View(_mlContext, rows)).GetColumn<float[]>("Embedding").ElementAt(row);
        Assert.Equal(embedding, Floats(clicked, "code"), (a, b) => Math.Abs(a - b) < 1e-5);
        foreach (var slider in clicked.GetProperty("sliders").EnumerateArray())
            Assert.Equal(embedding[slider[0].GetInt32()], slider[1].GetSingle(), 1e-5f);
        float[] condition = [.. ReportRows.Kinds.Select(kind => kind == rows[row].Kind ? 1f : 0f)];
        Assert.Equal(condition, Floats(clicked, "condition"));
        Near.Equal(
            [.. Decode(observations.Pictures, embedding, condition).Select(value => (double)value)],
            Floats(clicked, "values"),
            "decoded"
        );
    }

    [Fact]
    public void The_threshold_shows_the_precision_and_recall_of_CSharp()
    {
        var thresholds = observations.Of("pictures").GetProperty("thresholds").EnumerateArray().ToArray();
        using var transformer = new VaeTransformer(_mlContext, observations.Pictures, new());
        using var scoring = transformer.WithColumns(transformer.Model.Info.Columns with { Score = "Score" });
        var scores = scoring.Transform(ReportRows.View(_mlContext, observations.Rows)).GetColumn<float>("Score").ToArray();
        var shares = new HashSet<double>();
        foreach (var seen in thresholds)
        {
            var threshold = seen.GetProperty("threshold").GetDouble();
            var flagged = scores.Zip(observations.Rows).Where(pair => pair.First > threshold).ToArray();
            var hits = flagged.Count(pair => pair.Second.IsOdd);
            shares.Add(flagged.Length);
            Assert.Equal(flagged.Length / (double)scores.Length, seen.GetProperty("flagged").GetDouble(), 1e-12);
            Assert.Equal(hits / (double)observations.Rows.Count(row => row.IsOdd), seen.GetProperty("recall").GetDouble(), 1e-12);
            // The page says nothing of the precision of nobody.
            if (flagged.Length > 0)
                Assert.Equal(hits / (double)flagged.Length, seen.GetProperty("precision").GetDouble(), 1e-12);
        }

        Assert.True(shares.Count >= 3, "The thresholds flag the same rows.");
        var worst = Array.IndexOf(scores, scores.Max());
        Assert.StartsWith(
            $"row {worst.ToString("N0", CultureInfo.InvariantCulture)}",
            observations.Of("pictures").GetProperty("worst").GetString()
        );
    }

    [Fact]
    public void The_manifold_is_the_decoder_on_equal_shares_of_the_prior()
    {
        var seen = observations.Of("pictures").GetProperty("manifold");
        var side = seen.GetProperty("side").GetInt32();
        var (across, up) = (Floats(seen, "across"), Floats(seen, "up"));
        Assert.Equal([side, side], [across.Length, up.Length]);
        Assert.Equal(0, across.Sum(), 1e-4f);
        // Φ⁻¹ of (½ / 16) = 0.03125.
        Assert.Equal(-1.86273f, across[0], 1e-4f);

        var code = new float[ReportModels.PictureLatents];
        code[seen.GetProperty("x").GetInt32()] = across[0];
        code[seen.GetProperty("y").GetInt32()] = up[^1];
        Near.Equal(
            [.. Decode(observations.Pictures, code, Floats(seen, "condition")).Select(value => (double)value)],
            Floats(seen, "values"),
            "top left"
        );
    }

    [Fact]
    public void The_explorer_redraws_while_a_slider_moves()
    {
        // How often depends on what else the machine does, and is printed only.
        var frames = observations.Of("pictures").GetProperty("frames");
        var (perSecond, work, decoding) = (
            frames.GetProperty("perSecond").GetDouble(),
            frames.GetProperty("work").GetDouble(),
            frames.GetProperty("milliseconds").GetDouble()
        );
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"A decoder of 20-512-784: {perSecond:F0} pictures a second; {work:F1} ms from a moved slider to the picture, "
                + $"{decoding:F2} ms of them to decode it."
            )
        );
        var (moved, drawn) = (frames.GetProperty("moved").GetInt32(), frames.GetProperty("drawn").GetInt32());
        Assert.True(moved > 1, $"{moved} moves");
        // The last move may come when time is up.
        Assert.InRange(drawn, moved - 1, int.MaxValue);
    }

    [Fact]
    public void UMAP_places_every_row()
    {
        var umap = observations.Of("pictures").GetProperty("umap");
        Assert.Equal(2 * BrowserObservations.PictureRows, umap.GetProperty("points").GetInt32());
        Assert.True(umap.GetProperty("finite").GetBoolean());
    }

    [Fact]
    public void Light_turns_dark_and_neither_window_needs_scrolling_sideways()
    {
        var seen = observations.Of("pictures");
        Assert.Equal("rgb(246, 246, 243)", seen.GetProperty("light").GetString());
        Assert.Equal("rgb(18, 20, 23)", seen.GetProperty("dark").GetString());
        Assert.Equal([0, 0], [seen.GetProperty("overflowWide").GetInt32(), seen.GetProperty("overflowNarrow").GetInt32()]);
    }

    [Fact]
    public void A_table_of_features_shows_what_the_decoder_gives()
    {
        var seen = observations.Of("table");
        var moved = seen.GetProperty("moved");
        var code = Floats(moved, "code");
        Assert.Equal(-1.25f, code[1]);
        var expected = Decode(observations.Table, code, null);
        Near.Equal([.. expected.Select(value => (double)value)], Floats(moved, "values"), "decoded");
        var shown = Strings(seen.GetProperty("shown")).Select(line => line!.Split('\t')).ToArray();
        Assert.Equal(ReportModels.FeatureNames, shown.Select(cells => cells[0]));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(
                expected[i],
                float.Parse(shown[i][1].Replace('−', '-'), CultureInfo.InvariantCulture),
                Math.Max(0.001f, 0.001f * Math.Abs(expected[i]))
            );
        }

        // A draw from the prior is another code, decoded alike.
        var drawn = seen.GetProperty("drawn");
        Assert.NotEqual(code, Floats(drawn, "code"));
        Near.Equal(
            [.. Decode(observations.Table, Floats(drawn, "code"), null).Select(value => (double)value)],
            Floats(drawn, "values"),
            "drawn"
        );
    }

    [Fact]
    public void A_draw_of_a_semi_supervised_model_is_of_one_class()
    {
        var draws = observations.Of("classified").GetProperty("draws").EnumerateArray().ToArray();
        float[][] classes = [.. draws.Select(drawn => Floats(drawn, "code")[ReportModels.TableLatents..])];
        Assert.All(classes, one => Assert.Equal([0, 1], one.Order()));
        Assert.Equal(2, classes.Select(one => one[0]).Distinct().Count());
        foreach (var drawn in draws)
        {
            Near.Equal(
                [.. Decode(observations.Classified, Floats(drawn, "code"), null).Select(value => (double)value)],
                Floats(drawn, "values"),
                "drawn"
            );
        }
    }

    [Fact]
    public void Moving_an_upper_level_moves_the_one_below_to_its_mean()
    {
        var moved = observations.Of("hierarchical").GetProperty("moved");
        var code = Floats(moved, "code");
        Assert.Equal(0.75f, code[2]);
        using var prior = new OnnxRunner(observations.Hierarchical.ToRun(GraphInterface.Prior, TensorNames.PriorMean));
        var mean = prior.Run([code], 3)[TensorNames.PriorMean][0];
        Assert.Equal(mean[..2], code[..2], (a, b) => Math.Abs(a - b) < 1e-5);
        Near.Equal([.. Decode(observations.Hierarchical, code, null).Select(value => (double)value)], Floats(moved, "values"), "decoded");
    }

    [Fact]
    public void Fragments_stand_side_by_side_on_one_page()
    {
        var seen = observations.Of("fragments");
        Assert.Empty(Strings(seen.GetProperty("console")));
        Assert.Empty(Strings(seen.GetProperty("requests")));
        var mounted = seen.GetProperty("mounted").EnumerateArray().ToArray();
        Assert.Equal(
            [
                "lossCurves",
                "lossCurves",
                "summary",
                "lossCurves",
                "latentDimensions",
                "latentSpace",
                "explorer",
                "scores",
                "worstRows",
                "details",
                "explorer",
            ],
            mounted.Select(element => element.GetProperty("part").GetString())
        );
        Assert.All(mounted, element => Assert.True(element.GetProperty("text").GetInt32() > 10));
        Assert.All(
            mounted.Take(2),
            element => Assert.Equal(mounted[3].GetProperty("canvases").GetInt32(), element.GetProperty("canvases").GetInt32())
        );

        // What is done to the first explorer is not done to the second.
        var codes = seen.GetProperty("codes").EnumerateArray().Select(Numbers).ToArray();
        Assert.All(codes[0], value => Assert.Equal(0, value));
        Assert.Contains(codes[1], value => value != 0);
    }

    private static float[] Decode(VaeModel model, float[] code, float[]? condition)
    {
        using var decoder = new OnnxRunner(model.ToOnnx(VaeGraph.Decoder));
        var inputs = new Dictionary<string, float[][]> { [TensorNames.Latent] = [code] };
        if (condition is not null)
            inputs[TensorNames.Condition] = [condition];
        return decoder.Run(inputs)[TensorNames.Reconstruction][0];
    }

    private static float[] Floats(JsonElement element, string name) => Numbers(element.GetProperty(name));

    private static float[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetSingle())];

    private static IEnumerable<string?> Strings(JsonElement array) => array.EnumerateArray().Select(item => item.GetString());
}
