
namespace MLNet.Vae.Tool.Results;

/// <summary>What <c>fit --json</c> writes.</summary>
/// <param name="Model">The file.</param>
/// <param name="Kind">"table" or "series".</param>
/// <param name="Rows">Rows of the file that it was trained on, those held out among them.</param>
/// <param name="Columns">How each column of a table is modelled; null of a series.</param>
/// <param name="Channels">The channels of a series; null of a table.</param>
/// <param name="HeldOutBound">Evidence lower bound of rows held out, nats per row, or per window of a series.</param>
/// <param name="Epochs">Passes over the rows.</param>
/// <param name="BestEpoch">The one whose weights were kept.</param>
/// <param name="Threshold">Rows that score above are predicted anomalous, nats.</param>
/// <param name="Contamination">Share of normal rows that may be above; null of a series.</param>
/// <param name="HasSampler">Whether rows can be drawn.</param>
/// <param name="Seed">Of training.</param>
/// <param name="Seconds">Reading and writing included.</param>
/// <param name="Warnings">What was warned of.</param>
internal sealed record FitResult(
    string Model, string Kind, long Rows, IReadOnlyList<FitColumn>? Columns, IReadOnlyList<FitChannel>? Channels, double? HeldOutBound,
    int Epochs, int BestEpoch, double? Threshold, double? Contamination, bool HasSampler, int Seed, double Seconds,
    IReadOnlyList<string> Warnings)
{
    public static FitResult Of(
        string path, string kind, long rows, VaeModelInfo info, int seed, TimeSpan elapsed, IReadOnlyList<string> warnings)
    {
        var history = info.Training!;
        return new(
            path, kind, rows,
            info.Table?.Columns.Select(column => new FitColumn(column.Name, column.Type, column.Rows, column.Missing,
                column.Kind?.ToString(), column.FeatureCount, column.Reason)).ToList(),
            info.Series?.Channels.Select(channel => new FitChannel(channel.Name, channel.EffectiveReadings, channel.IsJudged)).ToList(),
            Finite.OrNull(history.FinalValidationElbo ?? history.Best.ValidationElbo),
            history.Epochs.Count, history.BestEpoch, info.Series?.Threshold ?? info.Threshold, info.Contamination,
            info.Table?.Sampler is not null, seed, elapsed.TotalSeconds, warnings);
    }
}

/// <summary>A column of a table.</summary>
internal sealed record FitColumn(string Name, string Type, long Rows, long Missing, string? Kind, int Features, string Reason);

/// <summary>A channel of a series.</summary>
internal sealed record FitChannel(string Name, double EffectiveReadings, bool IsJudged);
