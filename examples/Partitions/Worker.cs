using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

namespace Partitions;

/// <summary>
/// What runs on each machine: the model, one range of the rows, one file of scores. It needs MLNet.Vae.Scoring and no more.
/// </summary>
internal static class Worker
{
    public static int Score(string model, string rows, long from, long to, string scores)
    {
        var mlContext = new MLContext();
        using var transformer = VaeTransformer.From(mlContext, model);
        var data = mlContext.Data.LoadFromEnumerable(LineRange.Read(rows, from, to).Select(line => new Reading
        {
            Features = [.. line.Split(',').Select(value => float.Parse(value, CultureInfo.InvariantCulture))],
        }));
        using var writer = new StreamWriter(scores);
        foreach (var score in transformer.Transform(data).GetColumn<float>("Score"))
            writer.Write(FormattableString.Invariant($"{score:R}\n"));
        return 0;
    }
}
