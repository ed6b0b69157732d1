using MLNet.Vae.Graphs;

namespace MLNet.Vae.Data;

/// <summary>How rows are scaled, for the likelihood and, where that is otherwise, for the encoder.</summary>
internal static class RowScaling
{
    /// <param name="statistics">Of the rows.</param>
    /// <param name="input">Of the features as the encoder reads them; <see langword="null"/>: as the likelihood has them.</param>
    /// <param name="far">Columns of which few rows have the spread.</param>
    /// <param name="options">Of the fit.</param>
    /// <param name="layout">Of a row.</param>
    public static (FeatureScaling Scaling, InputScaling? Input) Of(
        ColumnStatistics statistics, InputStatistics? input, IReadOnlyList<FarColumn> far, VaeModelOptions options, RowLayout layout)
    {
        var scaling = statistics.Scaling(Normalization, IsReconstructed, far);
        if (input is not null)
            return (scaling, input.Scaling(far));
        if (scaling.Slice(0, layout.Features).IsConstant is null)
            return (scaling, null);
        // A constant feature teaches the encoder nothing, whose weights for it stay as they were drawn: it does not read it, so that
        // another value later moves no code. The likelihood has it, and finds it wrong.
        var read = statistics.Scaling(Normalization, isReconstructed: _ => false, far).Slice(0, layout.Features);
        return (scaling, new(new bool[layout.Features], read));

        VaeNormalization Normalization(int slot) => options.NormalizationOf(slot, layout);

        bool IsReconstructed(int slot) =>
            layout.Target == 0 ? slot < layout.Features : slot >= layout.Features && slot < layout.Features + layout.Target;
    }
}
