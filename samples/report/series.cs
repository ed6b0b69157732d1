#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package MLNet.Vae.Report@*
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Readings with the columns that a detector of series adds.
var mlContext = new MLContext(seed: 1);
var scored = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i => new Reading
{
    Time = new DateTime(2024, 1, 1).AddMinutes(i / 2),
    Pump = i % 2 == 0 ? "north" : "south",
    Pressure = MathF.Sin(i / 20f),
    Flow = 5,
    Score = i == 150 ? 4 : 1,
    ChannelScores = [1, 0],
    PredictedLabel = i == 150,
    IsBroken = i is 150 or 152,
}));

VaeSeriesReport.Write(mlContext, scored, "pumps.html", new VaeSeriesReportOptions
{
    Title = "Pumps of hall 3",
    TimeColumnName = "Time",
    KeyColumnName = "Pump",
    ChannelColumnNames = ["Pressure", "Flow"],
    LabelColumnName = "IsBroken",
    Threshold = 3,
});

Console.WriteLine(File.ReadLines("pumps.html").First(line => line.Contains("<title>")).Trim());
File.Delete("pumps.html");

public class Reading
{
    public DateTime Time { get; set; }

    public string Pump { get; set; } = "";

    public float Pressure { get; set; }

    public float Flow { get; set; }

    public float Score { get; set; }

    [VectorType(2)]
    public float[] ChannelScores { get; set; } = [];

    public bool PredictedLabel { get; set; }

    public bool IsBroken { get; set; }
}
