using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pump;

/// <summary>The eight sensors of a pump, as columns.</summary>
internal static class Sensors
{
    public const string Time = "Time", Fault = "Fault";

    public static readonly string[] Channels =
        ["Vibration1", "Vibration2", "Current", "Pressure", "Temperature", "Thermocouple", "Voltage", "Flow"];

    /// <summary>Readings of a file of SKAB, in the order of time, with whether there was a fault.</summary>
    public static IDataView Load(MLContext mlContext, string path) => mlContext.Data.LoadFromTextFile(path, new TextLoader.Options
    {
        Separators = [';'],
        HasHeader = true,
        Columns =
        [
            new(Time, DataKind.DateTime, 0),
            .. Channels.Select((channel, i) => new TextLoader.Column(channel, DataKind.Single, i + 1)),
            new(Fault, DataKind.Single, Channels.Length + 1),
        ],
    });
}
