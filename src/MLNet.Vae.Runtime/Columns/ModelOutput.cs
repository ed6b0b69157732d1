namespace MLNet.Vae.Columns;

/// <summary>What a model can add as a column: all that is particular to it; a row of <see cref="ModelOutputs.All"/>.</summary>
/// <param name="Option">The property of <see cref="VaeColumns"/> that names the column.</param>
/// <param name="Tensor">The output of the ONNX graph that it is read from.</param>
internal sealed record ModelOutput(string Option, string Tensor)
{
    /// <summary>The name that is asked for; <see langword="null"/>: none.</summary>
    public Func<VaeColumns, string?> NameIn { get; init; } = _ => null;

    /// <summary>The same columns with this one under another name, or without it.</summary>
    public Func<VaeColumns, string?, VaeColumns> Rename { get; init; } = (columns, _) => columns;

    /// <summary>Slots, 1 of a scalar; 0: the model does not give it.</summary>
    public Func<VaeModelInfo, int> Width { get; init; } = _ => 1;

    /// <summary>Whether a saved pipeline gives it by way of the one vector of scalars.</summary>
    public bool IsScalar { get; init; }

    /// <summary>Slot names as a saved pipeline keeps them; null for none.</summary>
    public Func<ScorerOutput, string, IReadOnlyList<string>?> SlotNames { get; init; } = (_, _) => null;

    /// <summary>Whether the encoder alone does not give it.</summary>
    public bool NeedsDecoder { get; init; }

    /// <summary>Whether it says how anomalous a row is.</summary>
    public bool NeedsScore { get; init; }

    /// <summary>Whether the model must have a threshold.</summary>
    public bool NeedsThreshold { get; init; }

    /// <summary>Whether the model must have calibration scores.</summary>
    public bool NeedsCalibration { get; init; }

    /// <summary>
    /// The column of a saved pipeline that a stock transformer makes it of, after the graph; <see langword="null"/>: the graph gives it
    /// under its own name.
    /// </summary>
    public string? SavedFrom { get; init; }
}
