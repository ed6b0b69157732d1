using Microsoft.ML.Runtime;
using MLNet.Vae.Interop;
using MLNet.Vae.Runtime;
using MLNet.Vae.Windows;
using static System.FormattableString;

namespace MLNet.Vae.Series;

/// <summary>What there is to know of a series once its model of windows is trained, in one more pass.</summary>
internal sealed class SeriesFit(IHost host, VaeSeriesOptions options)
{
    // Windows that are held in memory until they are scored together.
    private const int BlockValues = 1 << 18;

    /// <param name="model">Of windows.</param>
    /// <param name="windows">Those of training.</param>
    /// <param name="count">As many as there are.</param>
    /// <param name="names">Of the channels.</param>
    public VaeSeriesInfo Of(VaeModel model, WindowPass windows, long count, IReadOnlyList<string> names)
    {
        using var channel = host.Start("Training");
        var window = options.Window;
        var info = new VaeSeriesInfo
        {
            Columns = [.. window.Columns],
            Steps = window.Steps,
            KeyColumn = window.KeyColumnName,
            TimeColumn = window.TimeColumnName,
            MaximumGapSeconds = window.MaximumGap?.TotalSeconds,
            Threshold = options.Threshold,
            Channels = [],
        };
        var statistics = new SeriesStatistics(names.Count, window.Steps, info.NewestSteps);
        var training = model.Info.Training!;
        var heldOut = new ScoreStatistics(values => ArrayScorer.Scores(new MLNetHost(host), model, options.Scoring, values), window.Steps);
        // Those held out are the last; of others the model's score is that of rows that trained it.
        var first = options.Training.ValidationSplit == VaeValidationSplit.Last && training.ValidationRows > 0
            ? count - training.ValidationRows
            : long.MaxValue;
        var number = 0L;
        foreach (var (series, values) in windows.Read())
        {
            options.Training.ThrowIfCancelled();
            statistics.Add(series, values);
            if (number++ >= first)
                heldOut.Add(values);
        }
        var channels = statistics.Channels(names);
        var score = heldOut.Level(out var worth);
        Tell(channel, channels, score is not null, worth);
        return info with { Channels = channels, ModelScore = score };
    }

    private static void Tell(IChannel channel, IReadOnlyList<VaeSeriesChannel> channels, bool hasScore, double worth)
    {
        var few = channels.Where(one => !one.IsJudged).ToList();
        if (few.Count > 0)
        {
            var named = string.Join(", ", few.Select(one => Invariant($"'{one.Name}' ({one.EffectiveReadings:F1})")));
            channel.Warning(MessageSensitivity.None, "{0}", $"Channels that change so slowly that training is worth fewer than "
                + Invariant($"{SeriesJudge.LeastEffective} independent readings are not judged: {named}. Train on a longer history."));
        }
        if (!hasScore)
        {
            channel.Info(MessageSensitivity.None, "{0}", Invariant($"The windows held out are worth {worth:F1} independent ones, fewer ")
                + Invariant($"than {SeriesJudge.LeastEffective}: the channels' levels are judged, and the model's score is not."));
        }
    }

    /// <summary>The model's scores of windows in order.</summary>
    private sealed class ScoreStatistics(Func<float[], float[]> score, int steps)
    {
        private readonly List<float> _waiting = [];
        private readonly List<double> _scores = [];

        public void Add(ReadOnlySpan<float> window)
        {
            foreach (var value in window)
                _waiting.Add(value);
            if (_waiting.Count >= BlockValues)
                Flush();
        }

        public VaeSeriesLevel? Level(out double worth)
        {
            Flush();
            // Windows that share a reading are not independent, however their scores vary.
            worth = Math.Min(EffectiveSize.Of([[.. _scores]]), (double)_scores.Count / steps);
            if (worth < SeriesJudge.LeastEffective)
                return null;
            var statistics = new LevelStatistics();
            foreach (var value in _scores)
                statistics.Add(value);
            return statistics.Level(worth);
        }

        private void Flush()
        {
            if (_waiting.Count == 0)
                return;
            _scores.AddRange(score([.. _waiting]).Select(value => (double)value));
            _waiting.Clear();
        }
    }
}
