using System.Diagnostics;
using Examples;
using Microsoft.ML;
using MLNet.Vae;

namespace Melodies;

/// <summary>The whole job, from melodies by rule to samples, a way between two of them, and files to listen to.</summary>
internal sealed class Job
{
    private const int Judged = 500, Written = 4, Steps = 8;

    public required int Melodies { get; init; }

    public required int Epochs { get; init; }

    public required int Latent { get; init; }

    public required DirectoryInfo Folder { get; init; }

    public required int Seed { get; init; }

    public void Run()
    {
        var watch = Stopwatch.StartNew();
        var mlContext = new MLContext(Seed);
        Output.ShowWarnings(mlContext);
        Folder.Create();
        var melodies = Melody.Make(Melodies, Seed);
        var view = mlContext.Data.LoadFromEnumerable(melodies);
        var keys = mlContext.Transforms.Conversion.MapValueToKey("Features", nameof(Melody.Notes)).Fit(view);
        var data = keys.Transform(view);
        Output.Heading($"{Melodies:N0} melodies of up to {melodies.Max(melody => melody.Notes.Length)} notes");

        using var vae = Output.Timed("training", status => mlContext.Transforms.VaeEmbed(Options(status)).Fit(data));
        using var generator = VaeGenerator.From(vae);
        Output.Line($"held out {vae.Model.Info.Training!.FinalValidationElbo:F1} nats, "
            + $"{vae.Model.Info.Training!.Best.ActiveUnits} of {Latent} latent units active");

        var sampled = Notes(generator.Sample(Judged, Seed, draw: VaeDraw.Random));
        var likeliest = Notes(generator.Sample(Judged, Seed));
        Output.Heading($"How many of {Judged} obey the rules");
        Output.Table(
            [Output.Left(""), Output.Right("in one scale"), Output.Right("of four bars"), Output.Right("one rhythm"), Output.Right("all")],
            [Obeyed("notes by chance", ByChance(melodies)), Obeyed("samples, drawn", sampled), Obeyed("samples, likeliest", likeliest)]);

        Write("sample", likeliest[..Written]);
        var codes = generator.Encode(mlContext.Data.TakeRows(data, 2));
        Write("between", Notes(generator.InterpolateCodes(codes[0], codes[1], Steps)));
        var path = Path.Combine(Folder.FullName, "melodies.onnx");
        File.WriteAllBytes(path, vae.Model.ToOnnx(VaeGraph.Scorer));
        Output.Heading("Written");
        Output.Files(Folder.FullName);
        Output.Line($"Done in {Output.Seconds(watch.Elapsed)}.");
    }

    private VaeOptions Options(Spectre.Console.StatusContext status) => VaeOptions.Sequences(Latent, Melody.MostNotes) with
    {
        Architecture = VaeArchitecture.Sequence(hiddenSize: 64),
        Objective = new() { WarmUpEpochs = Math.Min(10, Epochs / 2) },
        Training = new() { Epochs = Epochs, LearningRate = 0.005, BatchSize = 128, Progress = new TrainingProgress(status) },
    };

    private void Write(string name, Note[][] melodies)
    {
        for (var i = 0; i < melodies.Length; i++)
            Sound.WriteMidi(Path.Combine(Folder.FullName, $"{name}-{i + 1}.mid"), melodies[i]);
        Sound.WriteRolls(Path.Combine(Folder.FullName, $"{name}.png"), melodies);
    }

    private static Note[][] Notes(VaeSamples samples) => [.. samples.ToTokens().Select(tokens => Array.ConvertAll(tokens, Note.Of))];

    /// <summary>As many notes as a melody has, each as often as among all.</summary>
    private Note[][] ByChance(Melody[] melodies)
    {
        var random = new Random(Seed);
        string[] all = [.. melodies.SelectMany(melody => melody.Notes)];
        return [.. melodies.Take(Judged).Select(melody => Array.ConvertAll(melody.Notes, _ => Note.Of(all[random.Next(all.Length)])))];
    }

    private static string[] Obeyed(string name, Note[][] melodies) =>
    [
        name,
        $"{melodies.Count(Melody.IsInScale)}",
        $"{melodies.Count(Melody.IsOfRightLength)}",
        $"{melodies.Count(Melody.KeepsRhythm)}",
        $"{melodies.Count(melody => Melody.IsInScale(melody) && Melody.IsOfRightLength(melody) && Melody.KeepsRhythm(melody))}",
    ];
}
