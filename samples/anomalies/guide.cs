#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package Microsoft.ML.FastTree@5.0.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Readings of a machine, and a day on which a sensor sticks.
const int Stuck = 2;
var mlContext = new MLContext(seed: 1);
var day = Readings(400, faults: 60, seed: 2);
var (history, today, labelled) = (View(Readings(1_000, 0, seed: 1)), View(day), View(Readings(300, faults: 30, seed: 3)));

var options = new VaeAnomalyOptions
{
    TrainingRows = VaeRowPurity.Clean,
    Contamination = 0.01,
    ContributionsColumnName = "Contributions",
    Training = new() { Seed = 1 },
};
using var detector = mlContext.AnomalyDetection.Trainers.Vae(options).Fit(history);
var scored = detector.Transform(today);
float[] scores = [.. scored.GetColumn<float>("Score")];
float[] pValues = [.. scored.GetColumn<float>("PValue")];
var reported = VaeFalseDiscoveryRate.Control(pValues, rate: 0.1);
var found = reported.Where((report, row) => report && day[row].IsFaulty).Count();
Console.WriteLine($"reported {reported.Count(report => report)}, of them faults {found}");

var worst = Array.IndexOf(scores, scores.Max());
var contributions = scored.GetColumn<float[]>("Contributions").ElementAt(worst);
var suspect = Array.IndexOf(contributions, contributions.Max());
Console.WriteLine($"The worst row is {(day[worst].IsFaulty ? "a fault" : "normal")}, by reading {suspect}; what sticks is {Stuck}.");

// Of a day of which an eighth is faults more rows are unusual than of a normal one.
double[] levels = [0.05, 0.1, 0.25, 0.5];
double[] shares = [.. levels.Select(level => pValues.Count(p => p <= level) / (double)pValues.Length)];
foreach (var (level, share) in levels.Zip(shares))
    Console.WriteLine($"p at most {level}: {share:F3} of all rows");
Console.WriteLine($"p at most 0.05 of normal rows: {pValues[..400].Count(p => p <= 0.05f) / 400.0:F3}");
Console.WriteLine($"detector: {Area(scores):F3}");

// Some faults are known.
using var told = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
{
    KnownAnomalyColumnName = "IsFaulty",
    ContributionsColumnName = "Contributions",
    Training = new() { Seed = 1 },
}).Fit(labelled);
float[] toldScores = [.. told.Transform(today).GetColumn<float>("Score")];
using var notTold = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions { Training = new() { Seed = 1 } })
    .Fit(View(Readings(300, 0, seed: 3)));
float[] notToldScores = [.. notTold.Transform(today).GetColumn<float>("Score")];
Console.WriteLine($"told: {Area(toldScores):F4}, not told: {Area(notToldScores):F4}");

using var both = detector.WithColumns(detector.Model.Info.Columns with { Embedding = "Embedding" });
var learner = mlContext.Transforms.Concatenate("All", "Features", "Score", "Embedding")
    .Append(mlContext.BinaryClassification.Trainers.FastTree("IsFaulty", "All"));
var classifier = learner.Fit(both.Transform(labelled));
float[] probabilities = [.. classifier.Transform(both.Transform(today)).GetColumn<float>("Probability")];
var alone = mlContext.BinaryClassification.Trainers.FastTree("IsFaulty", "Features").Fit(labelled);
Console.WriteLine($"trees: {Area(probabilities):F3}");
Console.WriteLine($"trees on features alone: {Area([.. alone.Transform(today).GetColumn<float>("Probability")]):F3}");

CompareWithOthers();

// The same with faults in the history, which nobody has taken out.
history = View(Readings(950, faults: 50, seed: 1));
foreach (var purity in new[] { VaeRowPurity.Contaminated, VaeRowPurity.Unknown })
{
    var ofPurity = new VaeAnomalyOptions { TrainingRows = purity, Training = new() { Seed = 1 } };
    using var blinded = mlContext.AnomalyDetection.Trainers.Vae(ofPurity).Fit(history);
    var judged = blinded.Transform(today);
    var few = VaeFalseDiscoveryRate.Control([.. judged.GetColumn<float>("PValue")], rate: 0.1).Count(report => report);
    Console.WriteLine($"{purity}, detector: {Area([.. judged.GetColumn<float>("Score")]):F3}, reported: {few}");
}
Console.Write("With faults in the history, ");
CompareWithOthers();

void CompareWithOthers()
{
    var units = mlContext.Transforms.NormalizeMeanVariance("Features", fixZero: false);
    var pca = units.Append(mlContext.AnomalyDetection.Trainers.RandomizedPca("Features", rank: 3, seed: 1)).Fit(history);
    float[] ofPca = [.. pca.Transform(today).GetColumn<float>("Score")];

    var inUnits = units.Fit(history);
    var known = inUnits.Transform(history).GetColumn<float[]>("Features").ToArray();
    float Nearest(float[] row) => known.Min(other => row.Zip(other, (a, b) => (a - b) * (a - b)).Sum());
    float[] ofNearest = [.. inUnits.Transform(today).GetColumn<float[]>("Features").Select(Nearest)];

    Console.WriteLine($"PCA: {Area(ofPca):F3}, nearest row: {Area(ofNearest):F3}");
}

// The share of pairs of a fault and a normal row in which the fault scores higher (Hanley and McNeil 1982).
double Area(float[] ofRows) => ofRows.Where((_, row) => day[row].IsFaulty).Average(fault =>
    ofRows.Where((_, row) => !day[row].IsFaulty).Average(normal => fault > normal ? 1 : fault == normal ? 0.5 : 0));

IDataView View(Row[] rows) => mlContext.Data.LoadFromEnumerable(rows);

// Readings follow two causes by waves, with noise; where there is a fault one of them sticks.
static Row[] Readings(int normal, int faults, int seed)
{
    var (machine, random) = (new Random(11), new Random(seed));
    var waves = Enumerable.Range(0, 8)
        .Select(_ => (First: Normal(machine), Second: Normal(machine), Phase: 6 * machine.NextDouble())).ToArray();
    return [.. Enumerable.Range(0, normal + faults).Select(i =>
    {
        var (first, second) = (Normal(random), Normal(random));
        float[] readings =
        [
            .. waves.Select(wave =>
                (float)(Math.Sin((wave.First * first) + (wave.Second * second) + wave.Phase) + (0.1 * Normal(random)))),
        ];
        if (i >= normal)
            readings[Stuck] = 0.8f + (float)(0.1 * Normal(random));
        return new Row { Features = readings, IsFaulty = i >= normal };
    })];
}

static double Normal(Random random) =>
    Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(8)]
    public float[] Features { get; set; } = [];

    public bool IsFaulty { get; set; }
}
