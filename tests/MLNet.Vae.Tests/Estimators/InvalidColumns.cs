using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>Data whose features column no estimator takes, and what is said about it.</summary>
internal static class InvalidColumns
{
    private const string Expected = "The features column \"Features\" must be a vector of numbers of known size, or a number; it is ";
    private const string Parameter = " (Parameter 'inputSchema')";
    private const string ToVector = "mlContext.Transforms.Conversion.MapKeyToVector(\"Features\")";

    private const string KeyAlone = ". A key alone has nothing to be reconstructed from but itself. "
        + "To learn a vector for each of its values, train with VaeOptions.TargetColumnName; "
        + $"to make it one feature of several, convert it first: {ToVector}.";

    /// <param name="Why">What is wrong.</param>
    /// <param name="Data">One row of it.</param>
    /// <param name="Promise">What is said where only the shape is known.</param>
    /// <param name="Fault">What is said where the schema is known.</param>
    public sealed record Case(string Why, IDataView Data, string Promise, string Fault);

    public static IEnumerable<Case> All(MLContext mlContext)
    {
        yield return Missing(mlContext);
        yield return Of(
            mlContext,
            new Unsized(),
            "Vector<Single>",
            "Vector<Single>",
            ", of unknown size. Give the size where the column is loaded: [VectorType(n)] on the property, or a TextLoader.Column with a "
            + "range."
        );
        yield return Of(mlContext, new Text(), "String", "String", Convert("mlContext.Transforms.Text.FeaturizeText(\"Features\")"));
        yield return Of(mlContext, new Key(), "Key<UInt32>", "Key<UInt32, 0-4>", KeyAlone);
        yield return Of(mlContext, new Keys(), "Vector<Key<UInt32>>", "Vector<Key<UInt32, 0-4>, 6>", Convert(ToVector));
        yield return Of(mlContext, new Time(), "DateTime", "DateTime", Convert("mlContext.Transforms.CustomMapping(...)"));
    }

    private static Case Missing(MLContext mlContext)
    {
        const string Message = "The features column \"Features\" is missing; the data has \"Other\". "
            + "Name the column that holds the features, or make it with mlContext.Transforms.Concatenate(...) first." + Parameter;
        var data = SampleData.Features(mlContext, [new float[FactorRows.Features]], FactorRows.Features, "Other");
        return new("features missing", data, Message, Message);
    }

    private static Case Of<T>(MLContext mlContext, T row, string shape, string type, string remedy)
        where T : class
    {
        var data = mlContext.Data.LoadFromEnumerable(new[] { row });
        return new(typeof(T).Name, data, Expected + shape + remedy + Parameter, Expected + type + remedy + Parameter);
    }

    private static string Convert(string remedy) => $". Convert it first: {remedy}.";

    public sealed class Unsized
    {
        public float[] Features { get; set; } = [];
    }

    public sealed class Text
    {
        public string Features { get; set; } = "";
    }

    public sealed class Key
    {
        [KeyType(5)]
        public uint Features { get; set; }
    }

    public sealed class Keys
    {
        [KeyType(5), VectorType(FactorRows.Features)]
        public uint[] Features { get; set; } = [];
    }

    public sealed class Time
    {
        public DateTime Features { get; set; }
    }
}
