using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>Rows that two hidden factors explain but for a little noise, so that a model has something to learn.</summary>
internal static class FactorRows
{
    public const int Features = 6;

    private const int Factors = 2;
    private const double Noise = 0.05;

    private static readonly double[][] Loadings = Normals(new Random(0), Features, Factors);

    public static List<float[]> Create(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Row(random))];
    }

    public static IDataView View(MLContext mlContext, int count, int seed = 1) => View(mlContext, Create(count, seed));

    public static IDataView View(MLContext mlContext, IEnumerable<float[]> rows) => SampleData.Features(mlContext, rows, Features);

    /// <summary>Rows with a label: 1 where the features are drawn without regard to the factors, else 0.</summary>
    public static List<LabelledRow> WithOutliers(int normal, int outliers, int seed)
    {
        var random = new Random(seed);
        var rows = Create(normal, seed).ConvertAll(features => new LabelledRow { Features = features });
        for (var i = 0; i < outliers; i++)
        {
            var features = Normals(random, 1, Features)[0].Select(value => (float)(3 * value)).ToArray();
            rows.Insert(random.Next(rows.Count + 1), new LabelledRow { Features = features, Label = 1 });
        }

        return rows;
    }

    private static float[] Row(Random random)
    {
        var z = Normals(random, 1, Factors)[0];
        return [.. Loadings.Select(loading => (float)(loading.Zip(z, (w, factor) => w * factor).Sum() + Noise * Normal(random)))];
    }

    private static double[][] Normals(Random random, int rows, int columns)
        => [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => Normal(random)).ToArray())];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

    public sealed class LabelledRow
    {
        [VectorType(FactorRows.Features)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
