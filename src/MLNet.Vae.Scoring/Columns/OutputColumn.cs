using Microsoft.ML;

namespace MLNet.Vae.Columns;

/// <summary>One added column: an output of a model under the name that it was asked for.</summary>
internal sealed class OutputColumn(ModelOutput output, string name, VaeModelInfo info) : ScorerOutput(output, info)
{
    private readonly OutputForm _form = OutputForm.Of(output);

    public string Name => name;

    /// <summary>As <paramref name="input"/> gets it.</summary>
    public DataViewSchema.DetachedColumn Detached(DataViewSchema input)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        _form.Annotations.Add(annotations, this, input);
        return new(name, _form.Values.Type(this), annotations.ToAnnotations());
    }

    /// <summary>The getter, a <see cref="ValueGetter{TValue}"/>, that serves what <paramref name="current"/> gives.</summary>
    public Delegate Getter(RowValues current) => _form.Values.Getter(this, current);
}
