namespace MLNet.Vae.Columns;

/// <summary>An output of a model of known sizes.</summary>
internal class ScorerOutput(ModelOutput output, VaeModelInfo info)
{
    public ModelOutput Output => output;

    public VaeModelInfo Info => info;

    public string Tensor => output.Tensor;

    /// <summary>Slots, 1 of a scalar; 0: the model does not give it.</summary>
    public int Width { get; } = output.Width(info);
}
