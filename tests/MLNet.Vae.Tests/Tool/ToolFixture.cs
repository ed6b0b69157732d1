using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Tool;

/// <summary>A file of orders, a model of it, and a model of a series.</summary>
public sealed class ToolFixture : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();

    internal string Orders => File("orders.csv");

    internal string Model => File("model.zip");

    internal string Pump => File("pump.csv");

    internal string Series => File("series.zip");

    internal string FitJson { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await System.IO.File.WriteAllLinesAsync(Orders, Tool.Orders.Lines());
        await System.IO.File.WriteAllLinesAsync(Pump, PumpLines());
        FitJson = (await ToolRun.Done("fit", Orders, "-o", Model, "--label", "IsOdd", "--epochs", "6", "--sampler", "--json")).Output;
        await ToolRun.Done("fit", Pump, "-o", Series, "--time", "Time", "--label", "IsBroken", "--steps", "8", "--epochs", "2",
            "--take", "200");
    }

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    internal string File(string name) => _directory.File(name);

    /// <summary>A pump whose flow fails after 300 seconds.</summary>
    private static IEnumerable<string> PumpLines()
    {
        var random = new Random(1);
        yield return "Time;Pressure;Flow;IsBroken";
        for (var i = 0; i < 340; i++)
        {
            var flow = (i < 300 ? 30 : 20) + random.NextDouble();
            var (time, pressure) = (new DateTime(2026, 3, 1).AddSeconds(i), 4 + (0.2 * random.NextDouble()));
            yield return string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{time:yyyy-MM-dd HH:mm:ss};{pressure:F3};{flow:F2};{(i < 300 ? 0 : 1)}");
        }
    }
}
