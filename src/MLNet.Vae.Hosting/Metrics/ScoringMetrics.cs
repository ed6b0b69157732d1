using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MLNet.Vae.Metrics;

/// <summary>What is measured of all scoring services of a program; see <see cref="VaeScoringMetrics"/>. Thread-safe.</summary>
internal sealed class ScoringMetrics
{
    private const string ModelTag = "model", ResultTag = "result";

    // From what one row takes to what a large batch does.
    private static readonly double[] Durations =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    // Nats and distances alike, of either sign.
    private static readonly double[] Scores =
        [-1000, -300, -100, -50, -30, -20, -10, -5, -3, -2, -1, 0, 1, 2, 3, 5, 10, 20, 30, 50, 100, 300, 1000];

    private readonly ConcurrentDictionary<VaeScoringService, TagList> _services = [];
    private readonly Histogram<double> _scores, _durations;
    private readonly Counter<long> _rows, _anomalies, _refused, _reloads;

    public ScoringMetrics(IMeterFactory factory)
    {
        // The factory disposes it.
        var meter = factory.Create(VaeScoringMetrics.MeterName);
        _scores = meter.CreateHistogram(
            VaeScoringMetrics.Score, null, "Scores of rows.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Scores });
        _durations = meter.CreateHistogram(
            VaeScoringMetrics.Duration, "s", "Time of a call, from its rows to their results.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Durations });
        _rows = meter.CreateCounter<long>(VaeScoringMetrics.Rows, "{row}", "Rows scored or embedded.");
        _anomalies = meter.CreateCounter<long>(VaeScoringMetrics.Anomalies, "{row}", "Rows that scored above the threshold.");
        _refused = meter.CreateCounter<long>(VaeScoringMetrics.Refused, "{call}", "Calls whose rows could not be scored.");
        _reloads = meter.CreateCounter<long>(VaeScoringMetrics.Reloads, "{file}", "Changed model files, by whether they were taken.");
        meter.CreateObservableGauge(
            VaeScoringMetrics.AnomalousShare, () => Observed(service => service.Status.AnomalousShare), "1",
            "Share of the last rows that scored above the threshold.");
        meter.CreateObservableGauge(
            VaeScoringMetrics.StabilityIndex, () => Observed(service => service.Status.PopulationStabilityIndex), "1",
            "Population stability index of the last rows' scores against those of training.");
    }

    public void Add(VaeScoringService service) => _services[service] = Tags(service);

    public void Remove(VaeScoringService service) => _services.TryRemove(service, out _);

    public void Scored(VaeScoringService service, IReadOnlyList<VaeRowResult> results, TimeSpan duration)
    {
        var tags = Tags(service);
        _durations.Record(duration.TotalSeconds, tags);
        _rows.Add(results.Count, tags);
        var anomalies = 0;
        foreach (var result in results)
        {
            anomalies += result.PredictedLabel is true ? 1 : 0;
            if (result.Score is { } score && _scores.Enabled)
                _scores.Record(score, tags);
        }
        if (anomalies > 0)
            _anomalies.Add(anomalies, tags);
    }

    public void WasRefused(VaeScoringService service) => _refused.Add(1, Tags(service));

    public void Reloaded(VaeScoringService service, bool isTaken)
    {
        var tags = Tags(service);
        tags.Add(ResultTag, isTaken ? "taken" : "refused");
        _reloads.Add(1, tags);
    }

    private static TagList Tags(VaeScoringService service)
        => service.Name.Length == 0 ? [] : [new(ModelTag, service.Name)];

    private IEnumerable<Measurement<double>> Observed(Func<VaeScoringService, double?> value)
    {
        foreach (var (service, tags) in _services)
        {
            if (value(service) is { } found)
                yield return new(found, tags);
        }
    }
}
