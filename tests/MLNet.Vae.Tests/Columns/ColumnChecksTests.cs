using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Columns;
using MLNet.Vae.Interop;
using MLNet.Vae.Reading;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Columns;

public class ColumnChecksTests
{
    private const string Expected = "The features column \"Features\" must be a vector of numbers of known size, or a number; it is";

    private const string KeyAlone = "A key alone has nothing to be reconstructed from but itself. "
        + "To learn a vector for each of its values, train with VaeOptions.TargetColumnName; "
        + "to make it one feature of several, convert it first: mlContext.Transforms.Conversion.MapKeyToVector(\"Features\").";

    private static readonly InputRule Features = new(InputRole.Features, "Features");

    private readonly MLContext _mlContext = new(seed: 1);

    /// <summary>The type, what is said of the column, and what is said of its shape where that knows less.</summary>
    public static TheoryData<DataViewType, string, string?> WrongTypes { get; } = new()
    {
        {
            new VectorDataViewType(NumberDataViewType.Single),
            $"{Expected} Vector<Single>, of unknown size. "
                + "Give the size where the column is loaded: [VectorType(n)] on the property, or a TextLoader.Column with a range.",
            null
        },
        {
            new VectorDataViewType(NumberDataViewType.Double),
            $"{Expected} Vector<Double>, of unknown size. "
                + "Give the size where the column is loaded: [VectorType(n)] on the property, or a TextLoader.Column with a range.",
            null
        },
        {
            TextDataViewType.Instance,
            $"{Expected} String. Convert it first: mlContext.Transforms.Text.FeaturizeText(\"Features\").",
            null
        },
        {
            new KeyDataViewType(typeof(uint), 5),
            $"{Expected} Key<UInt32, 0-4>. {KeyAlone}",
            $"{Expected} Key<UInt32>. {KeyAlone}"
        },
        {
            DateTimeDataViewType.Instance,
            $"{Expected} DateTime. Convert it first: mlContext.Transforms.CustomMapping(...).",
            null
        },
    };

    [Theory]
    [MemberData(nameof(WrongTypes))]
    public void A_wrong_type_is_refused_with_what_converts_it(DataViewType type, string message, string? shapeMessage)
    {
        var schema = Schema(("Features", type));
        Expect(message, () => ColumnChecks.Check(schema, Features, _mlContext));
        Expect(shapeMessage ?? message, () => ColumnChecks.Check(MLNetInternals.Shape(schema), Features, _mlContext));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Numbers_of_every_kind_and_Booleans_will_do(DataViewType type)
    {
        var schema = Schema(("Features", type));
        Assert.Equal((type as VectorDataViewType)?.Size ?? 1, ColumnChecks.Check(schema, Features, _mlContext).Width);
        Assert.Equal("Features", ColumnChecks.Check(MLNetInternals.Shape(schema), Features, _mlContext).Name);
    }

    public static TheoryData<DataViewType> Numbers { get; } =
    [
        .. InfoCheck.ItemTypeNames.Append("Single").Select(name => ItemTypes.Named(name == "Single" ? null : name))
            .SelectMany(type => new DataViewType[] { type, new VectorDataViewType(type, 4) }),
    ];

    [Fact]
    public void A_missing_column_is_refused_with_those_that_are_there()
    {
        var schema = Schema(("A", NumberDataViewType.Single), ("B", NumberDataViewType.Single), ("C", NumberDataViewType.Single));
        const string Message = "The features column \"Features\" is missing; the data has \"A\", \"B\" and \"C\". "
            + "Name the column that holds the features, or make it with mlContext.Transforms.Concatenate(...) first.";
        Expect(Message, () => ColumnChecks.Check(schema, Features, _mlContext));
        Expect(Message, () => ColumnChecks.Check(MLNetInternals.Shape(schema), Features, _mlContext));
    }

    [Fact]
    public void Another_width_is_refused()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        var data = SampleData.Features(_mlContext, [], 7);
        const string Message = "The features column \"Features\" has 7 slots; the model was trained on 6. "
            + "Score the same features in the same order as in training.";
        Expect(Message, () => transformer.Transform(data));
        Expect(Message, () => transformer.GetOutputSchema(data.Schema));
        Expect(Message, () => ((ITransformer)transformer).GetRowToRowMapper(data.Schema));
    }

    private static void Expect(string message, Action action) =>
        Assert.Equal(
            $"{message} (Parameter 'inputSchema')",
            Assert.IsType<ArgumentOutOfRangeException>(Refusal.Expect(action, message)).Message
        );

    private static DataViewSchema Schema(params (string Name, DataViewType Type)[] columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var (name, type) in columns)
        {
            builder.AddColumn(name, type);
        }

        return builder.ToSchema();
    }
}
