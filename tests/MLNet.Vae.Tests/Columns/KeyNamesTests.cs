using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Tests.Columns;

/// <summary>Names of a key's values count only where there is one for each.</summary>
public class KeyNamesTests
{
    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void There_are_as_many_as_the_key_has_values(int names, bool isRead)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, names), (ref VBuffer<ReadOnlyMemory<char>> values) =>
            values = new(names, [.. Enumerable.Range(0, names).Select(i => $"n{i}".AsMemory())]));
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("K", new KeyDataViewType(typeof(uint), 3), annotations.ToAnnotations());

        var found = KeyNames.Of(schema.ToSchema()["K"], 3);

        Assert.Equal(isRead ? ["n0", "n1", "n2"] : null, found);
    }
}
