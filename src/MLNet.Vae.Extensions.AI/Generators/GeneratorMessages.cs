using System.Globalization;

namespace MLNet.Vae.Generators;

/// <summary>What is said of rows and wishes that a model cannot embed: the thing, what was expected, what was found, what to do.</summary>
internal static class GeneratorMessages
{
    public static string NoRow(int row) => $"Row {Text(row)} is null: expected a row. Leave it out.";

    public static string Length(int row, int expected, int found)
        => $"Row {Text(row)} has {Text(found)} values: expected {Text(expected)}, the features of the model. Give all of them, in the "
            + "order of training.";

    public static string OtherDimension(int expected, int found)
        => $"{nameof(Microsoft.Extensions.AI.EmbeddingGenerationOptions)}.Dimensions is {Text(found)}: expected {Text(expected)}, the "
            + "latent dimensions that the model was trained with, or nothing. Another length needs a model of as many latent dimensions.";

    public static string OtherModel(string expected, string found)
        => $"{nameof(Microsoft.Extensions.AI.EmbeddingGenerationOptions)}.ModelId is '{found}': expected '{expected}', the only model of "
            + "this generator, or nothing.";

    public static string NoCondition()
        => "This model is conditional: expected the condition of the rows, found none. Name it, such as AsEmbeddingGenerator(condition: "
            + "\"ring\").";

    public static string NoEmbedding()
        => "The model adds no embedding to its rows: expected a column for it, VaeColumns.Embedding. Name one in training "
            + "(EmbeddingColumnName of a detector), or make a generator of VaeModel.CreateScorer.";

    public static string LostEmbedding(string column, int dimension)
        => $"What the transformer gives has no column '{column}' of {Text(dimension)} Single, the embedding: expected that no step behind "
            + "the model drops, renames or changes it. Make a generator of the steps up to the model.";

    public static string SeveralModels()
        => "The transformer holds several variational autoencoders: expected one. Make a generator of the part with the one meant.";

    public static string OtherCount(int expected, int found)
        => $"The transformer gave {Text(found)} rows for {Text(expected)}: expected one for each. Leave out steps that drop rows.";

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
