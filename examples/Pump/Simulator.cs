using Microsoft.ML;

namespace Pump;

/// <summary>A pump whose valve is half closed for a while: less flow, more pressure and vibration.</summary>
internal static class Simulator
{
    private const int Readings = 1_200, FaultFrom = 700, FaultUntil = 950;

    public static IDataView Run(MLContext mlContext, int seed)
    {
        var random = new Random(seed);
        double Noise() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var (start, temperature) = (new DateTime(2026, 3, 1, 8, 0, 0), 20d);
        return mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, Readings).Select(i =>
        {
            var fault = i is >= FaultFrom and < FaultUntil ? 1 : 0;
            // It warms up slowly, whatever else is the matter.
            temperature += 0.01 * Noise() + 0.002;
            return new Reading
            {
                Time = start.AddSeconds(i),
                Vibration1 = (float)(0.2 + 0.02 * fault + 0.01 * Noise()),
                Vibration2 = (float)(0.25 + 0.01 * Noise()),
                Current = (float)(2.4 + 0.2 * Noise()),
                Pressure = (float)(1 + 0.15 * fault + 0.1 * Noise()),
                Temperature = (float)(70 + temperature),
                Thermocouple = (float)(temperature + 0.05 * Noise()),
                Voltage = (float)(230 + 3 * Noise()),
                Flow = (float)(32 - 1.5 * fault + 0.6 * Noise()),
                Fault = fault,
            };
        }).ToList());
    }

    private sealed class Reading
    {
        public DateTime Time { get; set; }

        public float Vibration1 { get; set; }

        public float Vibration2 { get; set; }

        public float Current { get; set; }

        public float Pressure { get; set; }

        public float Temperature { get; set; }

        public float Thermocouple { get; set; }

        public float Voltage { get; set; }

        public float Flow { get; set; }

        public float Fault { get; set; }
    }
}
