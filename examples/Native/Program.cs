using System.Globalization;
using MLNet.Vae;

// Scores rows of numbers with an exported model, compiled to native code: no ML.NET and no .NET on the machine. One line per row: its score
// and, of a detector, whether it is predicted anomalous and its p-value; then the feature that gave it away.
if (args is not [var modelPath, .. var rest])
{
    Console.Error.WriteLine("Usage: Native scorer.onnx|model.zip [rows.csv]   (no header, commas; without a file, a hundred made up)");
    return 2;
}

try
{
    using var scorer = VaeModel.Load(modelPath).CreateScorer(new() { Threads = 1 }, Console.Error.WriteLine);
    var info = scorer.Model.Info;
    var rows = rest is [var csv] ? Csv.Read(csv, info.FeatureCount) : MadeUp(100, info.FeatureCount);
    var count = rows.Length / info.FeatureCount;
    var (scores, contributions) = (new float[count], new float[rows.Length]);
    scorer.Contributions(rows, scores, contributions);
    for (var row = 0; row < count; row++)
    {
        var largest = Largest(contributions.AsSpan(row * info.FeatureCount, info.FeatureCount));
        var label = info.Threshold is null ? "" : $" {scorer.PredictedLabel(scores[row])}";
        var pValue = info.CalibrationRows == 0 ? "" : $" {Text(scorer.PValue(scores[row]))}";
        Console.WriteLine($"{Text(scores[row])}{label}{pValue} {info.FeatureNames?[largest] ?? $"feature {largest}"}");
    }
    return 0;
}
catch (Exception error) when (error is IOException or InvalidDataException or ArgumentException or InvalidOperationException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

static float[] MadeUp(int count, int features)
{
    var random = new Random(1);
    return [.. Enumerable.Range(0, count * features).Select(_ => random.NextSingle())];
}

static int Largest(ReadOnlySpan<float> values)
{
    var largest = 0;
    for (var i = 1; i < values.Length; i++)
        largest = values[i] > values[largest] ? i : largest;
    return largest;
}

// As many digits as tell the number from all others.
static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);
