using Microsoft.ML;
using Microsoft.ML.Data;

namespace FileFragments;

/// <summary>One row: a fragment of a file.</summary>
internal sealed class Fragment
{
    /// <summary>Bytes in a fragment.</summary>
    public const int Length = 1024;

    /// <summary>The kind of the file: the label.</summary>
    public string Kind { get; set; } = "";

    /// <summary>See <see cref="ByteHistogram"/>.</summary>
    [VectorType(ByteHistogram.Bins)]
    public float[] Features { get; set; } = [];

    /// <summary>Where the fragment is from.</summary>
    public string File { get; set; } = "";

    /// <summary>Bytes before it in the file.</summary>
    public long Offset { get; set; }

    /// <summary>0 for fragments of textual files, 1 for all others.</summary>
    public float IsAnomaly { get; set; }

    /// <summary>Rows whose features have slot names.</summary>
    public static IDataView View(MLContext mlContext, IEnumerable<Fragment> fragments)
    {
        var schema = SchemaDefinition.Create(typeof(Fragment));
        var names = Array.ConvertAll(ByteHistogram.Names, name => name.AsMemory());
        schema[nameof(Features)].AddAnnotation("SlotNames", new VBuffer<ReadOnlyMemory<char>>(names.Length, names),
            new VectorDataViewType(TextDataViewType.Instance, names.Length));
        return mlContext.Data.LoadFromEnumerable(fragments, schema);
    }
}
