using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Generation;

/// <summary>Rows from keys of a codebook, given as arrays or in a column.</summary>
public sealed class KeyTests : IDisposable
{
    private readonly VaeGenerator _generator = VaeGenerator.From(GeneratorModels.Quantized);

    public void Dispose() => _generator.Dispose();

    [Fact]
    public void Keys_of_rows_decode_to_their_reconstructions()
    {
        var rows = GeneratorModels.Rows(20);
        var keys = _generator.EncodeKeys(rows);
        Assert.All(keys, row => Assert.Equal(GeneratorModels.Codes, row.Length));
        Assert.True(keys.SelectMany(row => row).Distinct().Count() > 1);

        var (decoded, expected) = (_generator.DecodeKeys(keys), _generator.Reconstruct(rows));
        Assert.Equal(expected.Latents, decoded.Latents);
        Assert.Equal(expected.Rows, decoded.Rows);
        Assert.NotEqual(decoded.Rows, _generator.DecodeKeys(keys, draw: VaeDraw.Random, seed: 1).Rows);
    }

    [Fact]
    public void The_codebook_can_be_read()
    {
        var codebook = GeneratorModels.Quantized.Codebook!;
        Assert.Equal(GeneratorModels.Codebook, codebook.Select(entry => entry.ToArray()));
        Assert.Equal(codebook[4].ToArray(), _generator.DecodeKeys([[5, 1, 1]]).Latents[0][..2]);
        Assert.Null(GeneratorModels.Gaussian.Codebook);
    }

    /// <summary>The columns that a transformer writes, as they are and from a file.</summary>
    [Theory]
    [InlineData("quantized", "Codes", false)]
    [InlineData("quantized", "Embedding", false)]
    [InlineData("quantized", null, true)]
    [InlineData("gaussian", null, true)]
    [InlineData("map of codes", null, true)]
    public void Columns_of_codes_decode_to_the_reconstructions(string kind, string? column, bool saved)
    {
        var mlContext = new MLContext(seed: 1);
        var model = Reading.FamilyModels.All[kind];
        using var transformer = new VaeTransformer(mlContext, model, new());
        using var generator = VaeGenerator.From(transformer);
        using var directory = new TemporaryDirectory();
        var random = new Random(1);
        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
        var rows = Enumerable.Range(0, 9)
            .Select(_ => new Row { Features = Values(model.Info.FeatureCount), Condition = Values(2) }).ToArray();
        var schema = SchemaDefinition.Create(typeof(Row));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, model.Info.FeatureCount);
        var data = mlContext.Data.LoadFromEnumerable(rows, schema);
        var expected = generator.Reconstruct(data).Rows;

        var coded = mlContext.Transforms.DropColumns("Features").Fit(transformer.Transform(data)).Transform(transformer.Transform(data));
        if (saved)
        {
            using (var file = File.Create(directory.File("codes.idv")))
                mlContext.Data.SaveAsBinary(coded, file);
            coded = mlContext.Data.LoadFromBinary(directory.File("codes.idv"));
        }

        Assert.Equal(expected, generator.Decode(coded, column).Rows);
    }

    [Fact]
    public void Bad_keys_are_told_of()
    {
        Argument(
            "Keys of row 1 (counted from 0): expected 3 of them, found 2. Give keys as EncodeKeys or the column of codes has them. "
            + "(Parameter 'keys')",
            () => _generator.DecodeKeys([[1, 2, 3], [1, 2]]));
        Argument(
            "Keys of row 0 (counted from 0): expected 3 of them, found null. Give keys as EncodeKeys or the column of codes has them. "
            + "(Parameter 'keys')",
            () => _generator.DecodeKeys([null!]));
        Argument(
            "Key 2 of row 0 (both counted from 0) is 6; expected one from 1 to 5, as the codebook has so many entries. Give keys as "
            + "EncodeKeys or the column of codes has them: the number of an entry and 1. (Parameter 'keys')",
            () => _generator.DecodeKeys([[1, 5, 6]]));
        Argument(
            "Key 1 of row 0 (both counted from 0) is 0; expected one from 1 to 5, as the codebook has so many entries, and 0 is a missing "
            + "key. Give keys as EncodeKeys or the column of codes has them: the number of an entry and 1. (Parameter 'keys')",
            () => _generator.DecodeKeys([[1, 0, 5]]));
        Argument(
            "Code 0 (counted from 0) has 3 values; the model has 6 latent dimensions. Give codes as Encode or Sample returns them, or keys "
            + "of the codebook to DecodeKeys. (Parameter 'codes')",
            () => _generator.Decode([new float[] { 1, 2, 3 }]));
        using var gaussian = VaeGenerator.From(GeneratorModels.Gaussian);
        const string none = "A model with a Gaussian latent has no keys: only one with codes (VectorQuantized latent) has. Use Encode and "
            + "Decode.";
        Assert.Equal(none, Assert.Throws<InvalidOperationException>(() => gaussian.DecodeKeys([[1]])).Message);
        Assert.Equal(none, Assert.Throws<InvalidOperationException>(() => gaussian.EncodeKeys(GeneratorModels.Rows(1))).Message);
    }

    [Fact]
    public void Columns_that_hold_no_codes_are_told_of()
    {
        var data = new MLContext().Data.LoadFromEnumerable([new Row()]);
        Assert.Equal(
            "The data have no column \"Codes\" of codes. Give data that the model's transformer has written, or name the column. "
            + "(Parameter 'data')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _generator.Decode(data, "Codes")).Message);
        Assert.Equal(
            "Column \"Condition\" is of type Vector<Single, 2>; expected Vector<Key<UInt32, 0-4>, 3> or Vector<Single, 6>, as this model "
            + "writes codes. Name the column that it has written. (Parameter 'data')",
            Assert.Throws<ArgumentOutOfRangeException>(() => _generator.Decode(data, "Condition")).Message);
    }

    private static void Argument(string message, Action action)
        => Assert.Equal(message, Assert.Throws<ArgumentException>(action).Message);

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        [VectorType(2)]
        public float[] Condition { get; set; } = new float[2];
    }
}
