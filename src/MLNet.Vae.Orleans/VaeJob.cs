using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MLNet.Vae;

/// <summary>Rows to be scored by the silos of a cluster: a model, partitions, and where the scores go.</summary>
/// <remarks>
/// Paths are those of the silos, which all see the same files there: a shared folder, unless they run on one machine. Each lies in one of
/// <see cref="VaeClusterOptions.AllowedFolders"/>.
/// </remarks>
[GenerateSerializer, Immutable, Alias("MLNet.Vae.VaeJob")]
public sealed record VaeJob
{
    /// <summary>
    /// The name of the reader of text files: for a model of a table, its columns below a header, by their names; for another, lines of
    /// numbers. Both are separated by commas.
    /// </summary>
    public const string TextReader = "text";

    /// <summary>
    /// The name of the reader of Parquet files, by the names of columns: for a model of a table, its columns; for another, its features as
    /// one column of lists or as a column of numbers each, and its condition likewise.
    /// </summary>
    public const string ParquetReader = "parquet";

    /// <summary>What the job is called; a second one of the same name is the same job, and refused if it asks for other things.</summary>
    /// <value>Default: <see langword="null"/>, a name made of everything that is asked for.</value>
    [Id(0)]
    public string? Id { get; init; }

    /// <summary>A <c>scorer.onnx</c>, an <c>encoder.onnx</c> for embeddings alone, or a <c>model.zip</c>.</summary>
    [Id(1)]
    public required string ModelPath { get; init; }

    /// <summary>What is scored, in the order of the results. Each is scored in one go: a minute's worth of rows is a good size.</summary>
    [Id(2)]
    public required IReadOnlyList<VaePartition> Partitions { get; init; }

    /// <summary>
    /// Takes <c>part-00000.csv</c> and so on, a file for each partition, written whole or not at all. One after the other they are what
    /// one process would have written. Made where it does not exist.
    /// </summary>
    [Id(3)]
    public required string OutputFolder { get; init; }

    /// <summary>What reads the partitions: the key of an <see cref="IVaePartitionReader"/> among the silos' services.</summary>
    /// <value>Default: <see cref="TextReader"/>.</value>
    [Id(4)]
    public string Reader { get; init; } = TextReader;

    /// <summary>What is written of each row.</summary>
    /// <value>Default: <see cref="VaeJobOutputs.Score"/>.</value>
    [Id(5)]
    public VaeJobOutputs Outputs { get; init; } = VaeJobOutputs.Score;

    /// <summary>
    /// What becomes of a row that has no score: its partition fails, or its results are NaN.
    /// </summary>
    /// <value>Default: <see cref="NonFiniteHandling.Throw"/>.</value>
    [Id(6)]
    public NonFiniteHandling NonFiniteInput { get; init; } = NonFiniteHandling.Throw;

    /// <summary>The file of a partition.</summary>
    /// <param name="index">Of the partition, from 0.</param>
    public string OutputPath(int index)
        => Path.Combine(OutputFolder, string.Create(CultureInfo.InvariantCulture, $"part-{index:D5}.csv"));

    /// <summary>The same for the same job, whatever it is called.</summary>
    internal string Content()
    {
        var text = new StringBuilder();
        Add(ModelPath);
        Add(OutputFolder);
        Add(Reader);
        Add(Outputs);
        Add(NonFiniteInput);
        foreach (var partition in Partitions)
        {
            Add(partition.Source);
            Add(partition.From);
            Add(partition.To);
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];

        void Add(object part) => text.Append(CultureInfo.InvariantCulture, $"{part}\0");
    }

    /// <summary>What is wrong with it whatever the host, a clause each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(ModelPath))
            yield return $"{nameof(ModelPath)} must name a model file, but is empty";
        if (string.IsNullOrWhiteSpace(OutputFolder))
            yield return $"{nameof(OutputFolder)} must name a folder, but is empty";
        if (Partitions is null or { Count: 0 })
            yield return $"{nameof(Partitions)} must hold one or more, but holds none";
        for (var i = 0; i < Partitions?.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(Partitions[i]?.Source))
                yield return FormattableString.Invariant($"{nameof(Partitions)}[{i}] must have a source, but has none");
            else if (Partitions[i].From < 0 || Partitions[i].To < Partitions[i].From)
                yield return FormattableString.Invariant($"{nameof(Partitions)}[{i}] must be a range, but is {Partitions[i]}");
        }
        if (Outputs == VaeJobOutputs.None || (Outputs & ~AllOutputs) != 0)
            yield return $"{nameof(Outputs)} must be one or more of {AllOutputs}, but is {Outputs}";
        if (!Enum.IsDefined(NonFiniteInput))
            yield return $"{nameof(NonFiniteInput)} must be one of {string.Join(", ", Enum.GetNames<NonFiniteHandling>())}";
    }

    private static VaeJobOutputs AllOutputs => Enum.GetValues<VaeJobOutputs>().Aggregate((all, output) => all | output);
}
