using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class SequencesExample
{
    [Fact]
    public void Words_are_written_and_lead_from_one_to_another()
    {
        var mlContext = new MLContext(seed: 1);
        var names = Names(800);
        var view = mlContext.Data.LoadFromEnumerable(names.Select(name => new Row { Text = name }).ToList());

        var tokens = mlContext.Transforms.Text.TokenizeIntoCharactersAsKeys("Characters", "Text", useMarkerCharacters: false)
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("Characters"))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Features", "Characters"));
        var data = tokens.Fit(view).Transform(view);
        var options = VaeOptions.Sequences(dimension: 8, maximumLength: 12) with
        {
            ScoreColumnName = "Score",
            Training = new() { Epochs = 40, LearningRate = 0.005 },
        };
        using var vae = mlContext.Transforms.VaeEmbed(options).Fit(data);

        using var generator = VaeGenerator.From(vae);
        var likeliest = generator.Sample(5, seed: 1).ToTokens();
        var drawn = generator.Sample(5, seed: 1, draw: VaeDraw.Random).ToTokens();
        foreach (var name in drawn)
            Console.WriteLine(string.Concat(name));

        var codes = generator.Encode(data);
        var between = generator.InterpolateCodes(codes[0], codes[1], steps: 6).ToTokens();

        Assert.Equal((5, 5, 6), (likeliest.Count, drawn.Count, between.Count));
        var many = generator.Sample(200, seed: 2, draw: VaeDraw.Random).ToTokens().Select(name => string.Concat(name)).ToList();
        Assert.True(many.Count(IsName) > 140, string.Join(' ', many.Take(20)));
        Assert.True(vae.Transform(data).GetColumn<float>("Score").Average() < 12);

        var all = mlContext.Transforms.Text.TokenizeIntoCharactersAsKeys("Features", "Text").Fit(view).Transform(view);
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => mlContext.Transforms.VaeEmbed(options).Fit(all));
        Assert.Contains("MapKeyToValue", fault.Message, StringComparison.Ordinal);
    }

    private static readonly string[] Syllables = ["ka", "lo", "mi", "ne", "ru", "ta"];

    private static List<string> Names(int count)
    {
        var random = new Random(1);
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
                string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => Syllables[random.Next(Syllables.Length)]))),
        ];
    }

    private static bool IsName(string name) => name.Length is 4 or 6 or 8
        && Enumerable.Range(0, name.Length / 2).All(i => Syllables.Contains(name.Substring(2 * i, 2)));

    private sealed class Row
    {
        public string Text { get; set; } = "";
    }
}
