using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Hosting.Metrics;

public class ScoringMetricsTests
{
    private const int Rows = 300;

    [Fact]
    public async Task What_is_measured_is_what_was_scored()
    {
        float[][] rows = [.. Enumerable.Range(0, Rows).Select(seed => ServedFile.Row(seed))];
        var model = ServedFile.Detector();
        float[] scores = [.. rows.Select(row => ServedFile.ScoreOf(model, row))];
        using var file = ServedFile.Of(ServedFile.Detector(calibration: scores), options => options.WindowRows = Rows);
        var factory = file.Provider.GetRequiredService<IMeterFactory>();
        using var heard = new Heard(factory);
        var service = file.Service;

        foreach (var row in rows)
            service.Score(row);
        heard.Listener.RecordObservableInstruments();
        Assert.Equal(scores.Select(score => (double)score), heard.Of(VaeScoringMetrics.Score));
        Assert.Equal(Rows, heard.Of(VaeScoringMetrics.Rows).Sum());
        var anomalies = scores.Count(score => score > SampleModels.Threshold);
        Assert.InRange(anomalies, 1, Rows - 1);
        Assert.Equal(anomalies, heard.Of(VaeScoringMetrics.Anomalies).Sum());
        Assert.Equal(anomalies / (double)Rows, Assert.Single(heard.Of(VaeScoringMetrics.AnomalousShare)), 12);
        Assert.Equal(0, Assert.Single(heard.Of(VaeScoringMetrics.StabilityIndex)), 9);
        Assert.Equal(Rows, heard.Of(VaeScoringMetrics.Duration).Count);
        Assert.All(heard.Of(VaeScoringMetrics.Duration), seconds => Assert.True(seconds > 0));

        // All rows of the window the highest: one bin has them, the others half a row each.
        var highest = rows[Array.IndexOf(scores, scores.Max())];
        service.ScoreBatch([.. Enumerable.Repeat(highest, Rows).SelectMany(row => row)]);
        heard.Listener.RecordObservableInstruments();
        const double Empty = 0.5 / Rows;
        Assert.Equal(
            (0.9 * Math.Log(10)) + (9 * (Empty - 0.1) * Math.Log(Empty / 0.1)),
            heard.Of(VaeScoringMetrics.StabilityIndex)[^1], 9);

        Assert.Throws<VaeRowException>(() => service.Score([float.NaN, 0, 0, 0, 0, 0]));
        Assert.Equal(1, heard.Of(VaeScoringMetrics.Refused).Sum());

        file.Write(ServedFile.Detector(2));
        await file.Until(status => status.Reloads == 1);
        Assert.Equal(["taken"], heard.Results);
        // The next model has no calibration scores to compare with, and has seen no row.
        Assert.Null(service.Status.PopulationStabilityIndex);
        Assert.Null(service.Status.AnomalousShare);
    }

    private sealed class Heard : IDisposable
    {
        private readonly List<(string Name, double Value)> _values = [];

        public Heard(IMeterFactory factory)
        {
            Listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == VaeScoringMetrics.MeterName && instrument.Meter.Scope == factory)
                    listener.EnableMeasurementEvents(instrument);
            };
            Listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument, value, []));
            Listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            Listener.Start();
        }

        public MeterListener Listener { get; } = new();

        public List<string> Results { get; } = [];

        public List<double> Of(string name)
        {
            lock (_values)
                return [.. _values.Where(value => value.Name == name).Select(value => value.Value)];
        }

        public void Dispose() => Listener.Dispose();

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (_values)
            {
                _values.Add((instrument.Name, value));
                foreach (var (key, tag) in tags)
                {
                    if (key == "result")
                        Results.Add((string)tag!);
                }
            }
        }
    }
}
