using Microsoft.ML;

namespace MLNet.Vae.Columns;

/// <summary>One added column: an output of a model under the name that it was asked for.</summary>
internal sealed class OutputColumn(ModelOutput output, string name, VaeModelInfo info)
{
    public ModelOutput Output => output;

    public string Name => name;

    public VaeModelInfo Info => info;

    public string Tensor => output.Tensor;

    /// <summary>Slots, 1 of a scalar; 0: the model does not give it.</summary>
    public int Width { get; } = output.Width(info);

    /// <summary>As <paramref name="input"/> gets it.</summary>
    public DataViewSchema.DetachedColumn Detached(DataViewSchema input)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        output.Annotations.Add(annotations, this, input);
        return new(name, output.Values.Type(this), annotations.ToAnnotations());
    }

    /// <summary>The getter, a <see cref="ValueGetter{TValue}"/>, that serves what <paramref name="current"/> gives.</summary>
    public Delegate Getter(RowValues current) => output.Values.Getter(this, current);
}
