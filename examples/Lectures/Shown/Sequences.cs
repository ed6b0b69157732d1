using Microsoft.ML;
using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>Sequences of different lengths: words that are written letter by letter, and the way from one to another.</summary>
internal sealed class Sequences : Section
{
    private const int Dimension = 8, Longest = 12, Steps = 6, Drawn = 300;

    private static readonly string[] Syllables = ["ka", "lo", "mi", "ne", "ru", "ta"];

    public override int Number => 19;

    public override string Name => "sequences";

    public override string Title => "Sequences: words letter by letter, and from one to another";

    public override string Formula =>
        "ln p(x | z) = Σ<sub>t</sub> ln p(x<sub>t</sub> | x<sub>1</sub> … x<sub>t−1</sub>, z), by a recurrent unit that begins with z "
        + "(Bowman et al. 2016).";

    public override string LookFor =>
        "Words are two to four of six syllables, and nobody said so. Words that are drawn keep to it, where letters drawn by themselves "
        + "next to never do; on the way from one word to another there are words. examples/Melodies does the same with music, as MusicVAE "
        + "and sketch-rnn do with melodies and sketches.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        var random = new Random(lecture.Seed);
        string[] words = [.. Enumerable.Range(0, lecture.Quick ? 800 : 2_000).Select(_ => Word(random))];
        // On the page:
        var rows = words.Select(word => new Row { Letters = [.. word.Select(letter => $"{letter}")] });
        var view = lecture.Context.Data.LoadFromEnumerable(rows);
        var data = lecture.Context.Transforms.Conversion.MapValueToKey("Features", "Letters").Fit(view).Transform(view);
        var options = VaeOptions.Sequences(Dimension, Longest);
        using var vae = lecture.Context.Transforms.VaeEmbed(options with
        {
            Training = new() { Epochs = 40, LearningRate = 0.005, Seed = lecture.Seed, Progress = lecture.Progress },
        }).Fit(data);
        using var generator = VaeGenerator.From(vae);
        var drawn = generator.Sample(Drawn, lecture.Seed, draw: VaeDraw.Random).ToTokens();
        var codes = generator.Encode(data);
        var between = generator.InterpolateCodes(codes[0], codes[1], Steps).ToTokens();
        // Until here.
        string[] way = [.. between.Select(word => string.Concat(word))];
        var right = drawn.Average(word => IsWord(string.Concat(word)) ? 1.0 : 0);
        var letters = string.Concat(words);
        var chance = Enumerable.Range(0, Drawn).Average(_ => IsWord(string.Concat(
            Enumerable.Range(0, 2 * random.Next(2, 5)).Select(_ => letters[random.Next(letters.Length)]))) ? 1.0 : 0);
        return new(right, chance, way.Average(word => IsWord(word) ? 1.0 : 0))
        {
            Table = new(
                ["", ""],
                [
                    [$"from {words[0]} to {words[1]}", string.Join(" – ", way)],
                    ["drawn from the prior", string.Join(" – ", drawn.Take(8).Select(word => string.Concat(word)))],
                    [$"words among {Drawn} drawn", $"{right:P0}"],
                    ["among letters drawn by themselves", $"{chance:P0}"],
                ]),
        };
    }

    private static string Word(Random random)
        => string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => Syllables[random.Next(Syllables.Length)]));

    private static bool IsWord(string word) => word.Length is 4 or 6 or 8
        && Enumerable.Range(0, word.Length / 2).All(i => Syllables.Contains(word.Substring(2 * i, 2)));

    /// <param name="Right">Of words that were drawn, those that keep to the rule.</param>
    /// <param name="Chance">Of letters that were drawn by themselves.</param>
    /// <param name="OnTheWay">Of those between two words.</param>
    public sealed record Found(double Right, double Chance, double OnTheWay) : Findings;

    private sealed class Row
    {
        public string[] Letters { get; set; } = [];
    }
}
