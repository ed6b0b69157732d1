using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class SeriesReportExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var scored = mlContext.Data.LoadFromEnumerable(Readings());

        VaeSeriesReport.Write(mlContext, scored, "pumps.html", new VaeSeriesReportOptions
        {
            Title = "Pumps of hall 3",
            TimeColumnName = "Time",
            KeyColumnName = "Pump",
            ChannelColumnNames = ["Pressure", "Flow"],
            LabelColumnName = "IsBroken",
            Threshold = 3,
        });

        Assert.Contains("<title>Pumps of hall 3</title>", File.ReadAllText("pumps.html"));
        File.Delete("pumps.html");
    }

    private static IEnumerable<Reading> Readings() => Enumerable.Range(0, 200).Select(i => new Reading
    {
        Time = new DateTime(2024, 1, 1).AddMinutes(i / 2),
        Pump = i % 2 == 0 ? "north" : "south",
        Pressure = MathF.Sin(i / 20f),
        Flow = 5,
        Score = i == 150 ? 4 : 1,
        ChannelScores = [1, 0],
        PredictedLabel = i == 150,
        IsBroken = i is 150 or 152,
    });

    public sealed class Reading
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
}
