namespace MLNet.Vae.Series;

/// <summary>
/// How much a window speaks against its being like those of training, in nats: of each channel, the mean of what its level over the window
/// says and what that over the newest readings says; of the model, what its score of the window says. Of each, what is above
/// <see cref="Usual"/> counts, and the score is their sum.
/// </summary>
/// <param name="info">Of the series.</param>
internal sealed class SeriesJudge(VaeSeriesInfo info)
{
    /// <summary>Independent values below which nothing is said.</summary>
    public const double LeastEffective = 10;

    /// <summary>Nats that a channel or the model may have without a word: of independent readings one in some hundred has more.</summary>
    public const double Usual = 4;

    /// <summary>Nats above which a reading is an anomaly when nothing else is asked for.</summary>
    public const double DefaultThreshold = 4;

    private readonly int _channels = info.Channels.Count, _steps = info.Steps, _newest = info.NewestSteps;

    /// <summary>The score, and what each channel has in it.</summary>
    /// <param name="window"><c>[steps · channels]</c>, oldest reading first, finite.</param>
    /// <param name="modelScore">The model's score of it.</param>
    /// <param name="modelTerms">What each value has in that, <c>[steps · channels]</c>.</param>
    /// <param name="terms">Takes the shares of the channels, <c>[channels]</c>, which sum to the score.</param>
    public double Judge(ReadOnlySpan<float> window, double modelScore, ReadOnlySpan<float> modelTerms, Span<double> terms)
    {
        for (var channel = 0; channel < _channels; channel++)
        {
            var known = info.Channels[channel];
            terms[channel] = known.IsJudged
                ? Excess((known.Window.Evidence(Mean(window, channel, _steps)) + known.Newest.Evidence(Mean(window, channel, _newest))) / 2)
                : 0;
        }
        // A score below the mean is that of a window that is more like those of training than they are themselves.
        if (info.ModelScore is { } level && modelScore > level.Mean)
            Share(Excess(level.Evidence(modelScore)), modelTerms, terms);
        var score = 0d;
        foreach (var term in terms)
            score += term;
        return score;
    }

    private static double Excess(double evidence) => Math.Max(0, evidence - Usual);

    /// <summary>Mean of the channel over the last readings.</summary>
    public double Mean(ReadOnlySpan<float> window, int channel, int readings)
    {
        var sum = 0d;
        for (var step = _steps - readings; step < _steps; step++)
            sum += window[step * _channels + channel];
        return sum / readings;
    }

    /// <summary>The model's part, to the channels in proportion to what their values add to its score.</summary>
    private void Share(double nats, ReadOnlySpan<float> modelTerms, Span<double> terms)
    {
        if (nats == 0)
            return;
        Span<double> shares = _channels <= 256 ? stackalloc double[_channels] : new double[_channels];
        shares.Clear();
        for (var i = 0; i < modelTerms.Length; i++)
            shares[i % _channels] += modelTerms[i];
        var sum = 0d;
        foreach (ref var share in shares)
            sum += share = Math.Max(0, share);
        for (var channel = 0; channel < _channels; channel++)
            terms[channel] += nats * (sum is > 0 and < double.PositiveInfinity ? shares[channel] / sum : 1.0 / _channels);
    }
}
