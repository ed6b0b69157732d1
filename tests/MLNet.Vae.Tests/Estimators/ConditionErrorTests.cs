using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Cursors;
using MLNet.Vae.Interop;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>Conditions and targets that do not fit, and in which words.</summary>
public class ConditionErrorTests
{
    private const string Condition = "The condition column \"C\" ";
    private const string Expected = Condition + "must be a key, a Boolean, a Single, a Double or a vector of numbers of known size; it is ";
    private const string ToSingle = "mlContext.Transforms.Conversion.ConvertType(\"C\", outputKind: DataKind.Single)";
    private const string ToKey = "mlContext.Transforms.Conversion.MapValueToKey(\"C\")";

    private static readonly VaeOptions Conditional = TinyVae.Options with { Condition = new() { ColumnName = "C" } };

    private readonly MLContext _mlContext = new(seed: 1);

    /// <summary>A type, what is said of its shape, and what is said of it.</summary>
    public static TheoryData<DataViewType, string, string> WrongTypes { get; } = new()
    {
        { TextDataViewType.Instance, "String", $"String. Convert it first: {ToKey}." },
        {
            NumberDataViewType.Int32, "Int32",
            $"Int32. Convert it first: {ToKey} where the numbers are categories, {ToSingle} where they are quantities."
        },
        {
            new VectorDataViewType(new KeyDataViewType(typeof(uint), 3), 2), "Vector<Key<UInt32>>",
            "Vector<Key<UInt32, 0-2>, 2>. Convert it first: mlContext.Transforms.Conversion.MapKeyToVector(\"C\")."
        },
        {
            new VectorDataViewType(NumberDataViewType.Single), "Vector<Single>",
            "Vector<Single>, of unknown size. "
                + "Give the size where the column is loaded: [VectorType(n)] on the property, or a TextLoader.Column with a range."
        },
        { DateTimeDataViewType.Instance, "DateTime", "DateTime. Convert it first: mlContext.Transforms.CustomMapping(...)." },
    };

    [Theory]
    [MemberData(nameof(WrongTypes))]
    public void A_type_that_is_no_condition(DataViewType type, string shape, string fault)
    {
        var schema = Schema(type);
        var estimator = _mlContext.Transforms.VaeEmbed(Conditional);
        ExpectRefusal(Expected + fault, () => estimator.Fit(new NoRows(schema)));
        ExpectRefusal(
            Expected + fault.Replace($"{type}", shape, StringComparison.Ordinal),
            () => estimator.GetOutputSchema(MLNetInternals.Shape(schema)));
    }

    [Fact]
    public void A_condition_that_is_missing()
    {
        var data = FactorRows.View(_mlContext, 20);
        const string Message = Condition + "is missing; the data has \"Features\". "
            + "Name the column that holds the condition, or make it with mlContext.Transforms.Concatenate(...) first.";
        var estimator = _mlContext.Transforms.VaeEmbed(Conditional);
        ExpectRefusal(Message, () => estimator.Fit(data));
        ExpectRefusal(Message, () => estimator.GetOutputSchema(MLNetInternals.Shape(data.Schema)));
        ExpectRefusal(Message, () => Fitted("Kind").GetOutputSchema(data.Schema));
    }

    [Fact]
    public void A_key_of_too_many_values()
        => ExpectRefusal(
            Condition + "is Key<UInt32, 0-1048576>; a key may have 1,048,576 values at most, as each is a value of every row. "
                + "Map the rare ones to one key (maximumNumberOfKeys of mlContext.Transforms.Conversion.MapValueToKey), or hash to fewer "
                + "bits.",
            () => _mlContext.Transforms.VaeEmbed(Conditional).Fit(new NoRows(Schema(new KeyDataViewType(typeof(uint), 1_048_577)))));

    [Theory]
    [InlineData("Kind", typeof(Key4), "is Key<UInt32, 0-3>; the model was trained on a key of 3 values")]
    [InlineData("Kind", typeof(Number), "is Single; the model was trained on a key of 3 values")]
    [InlineData("IsHigh", typeof(Number), "is Single; the model was trained on a Boolean")]
    [InlineData("Level", typeof(Key4), "is Key<UInt32, 0-3>; the model was trained on a single number")]
    [InlineData("Pair", typeof(Number), "is Single; the model was trained on a vector of 2 slots")]
    public void Another_kind_than_in_training(string trained, Type row, string fault)
    {
        var other = _mlContext.Data.LoadFromEnumerable([new Key4()]);
        if (row == typeof(Number))
            other = _mlContext.Data.LoadFromEnumerable([new Number()]);
        using var transformer = Fitted(trained);
        ExpectRefusal(
            Condition + fault + ", and another value means nothing to it. "
                + "Give the condition as in training: keep the transforms that make the column in the fitted pipeline.",
            () => transformer.Transform(other));
    }

    [Fact]
    public void A_vector_of_another_length_than_in_training()
    {
        using var transformer = Fitted("Pair");
        ExpectRefusal(
            Condition + "has 3 slots; the model was trained on 2. Score the same condition in the same order as in training.",
            () => transformer.Transform(_mlContext.Data.LoadFromEnumerable([new Wide()])));
    }

    [Fact]
    public void Keys_that_stand_for_something_else_than_in_training()
    {
        var rows = ClassRows.Create(20);
        using var transformer = _mlContext.Transforms.VaeEmbed(TinyVae.Options with { Condition = new() { ColumnName = "Kind" } })
            .Fit(ClassRows.View(_mlContext, rows, ClassRows.Names));
        ExpectRefusal(
            "The condition column \"Kind\": key 2 stands for \"high\"; it stood for \"middle\" in training. "
                + "Map with the fitted mlContext.Transforms.Conversion.MapValueToKey of the training data, in the same pipeline or saved "
                + "beside it.",
            () => transformer.Transform(ClassRows.View(_mlContext, rows, ["low", "high", "middle"])));
        Assert.Equal(20, transformer.Transform(ClassRows.View(_mlContext, rows)).GetColumn<float[]>("Embedding").Count());
    }

    [Theory]
    [InlineData("Kind", "Column \"Kind\", row 4 (counted from 0): expected a key from 1 to 3, found none. "
        + "Leave such rows out, or map what is missing to a key of its own.")]
    [InlineData("Level", "Column \"Level\", row 4 (counted from 0): expected a finite number, found NaN. "
        + "Replace missing values first (mlContext.Transforms.ReplaceMissingValues), or leave such rows out.")]
    [InlineData("Pair", "Column \"Pair\", row 4 (counted from 0), slot 1: expected a finite number, found Infinity. "
        + "Replace missing values first (mlContext.Transforms.ReplaceMissingValues), or leave such rows out.")]
    public void A_value_that_cannot_be_trained_on(string column, string fault)
    {
        var estimator = _mlContext.Transforms.VaeEmbed(TinyVae.Options with { Condition = new() { ColumnName = column } });
        Assert.Equal(fault, Refusal.Expect(() => estimator.Fit(ClassRows.View(_mlContext, WithBadRow())), "such a row").Message);
    }

    [Theory]
    [InlineData(
        "Kind",
        "Column \"Kind\", row 4 (counted from 0): expected a key from 1 to 3, found none. "
            + "Leave such rows out, or set VaeScoringOptions.NonFiniteInput = NonFiniteHandling.ReturnNaN.",
        "Column \"Kind\", row 4 (counted from 0): expected a key from 1 to 3, found none; "
    )]
    [InlineData(
        "Level",
        "Column \"Level\", row 4 (counted from 0): expected a finite number, found NaN. "
            + "Replace missing values first (mlContext.Transforms.ReplaceMissingValues), or set VaeScoringOptions.NonFiniteInput = "
            + "NonFiniteHandling.ReturnNaN.",
        "Column \"Level\", row 4 (counted from 0): expected a finite number, found NaN; "
    )]
    [InlineData(
        "Pair",
        "Column \"Pair\", row 4 (counted from 0), slot 1: expected a finite number, found Infinity. "
            + "Replace missing values first (mlContext.Transforms.ReplaceMissingValues), or set VaeScoringOptions.NonFiniteInput = "
            + "NonFiniteHandling.ReturnNaN.",
        "Column \"Pair\", row 4 (counted from 0), slot 1: expected a finite number, found Infinity; "
    )]
    public void A_value_that_cannot_be_scored(string column, string fault, string warning)
    {
        var warnings = new List<string>();
        _mlContext.Log += (_, entry) =>
        {
            if (entry.Kind == ChannelMessageKind.Warning && entry.RawMessage.Contains("the outputs of this row", StringComparison.Ordinal))
                warnings.Add(entry.RawMessage);
        };
        var options = TinyVae.Options with { Condition = new() { ColumnName = column } };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(ClassRows.View(_mlContext, 20));
        var view = transformer.Transform(ClassRows.View(_mlContext, WithBadRow()));
        Assert.Equal(fault, Refusal.Expect(() => Assert.NotEmpty(view.GetColumn<float[]>("Embedding").ToArray()), "such a row").Message);
        Assert.Equal(4, view.GetColumn<float[]>("Embedding").Take(4).Count());

        using var lenient = transformer.WithScoring(new() { NonFiniteInput = NonFiniteHandling.ReturnNaN });
        var embeddings = lenient.Transform(ClassRows.View(_mlContext, WithBadRow())).GetColumn<float[]>("Embedding").ToArray();
        Assert.Equal([4], Enumerable.Range(0, embeddings.Length).Where(row => embeddings[row].Any(float.IsNaN)));
        Assert.Equal(
            warning + "the outputs of this row are NaN, and so are those of every such row of this pass without further warning.",
            Assert.Single(warnings));
    }

    [Fact]
    public void Columns_of_another_model_than_this()
    {
        using var conditional = Fitted("Kind");
        ExpectFault(
            "The model cannot score like this: This model is conditional: VaeColumns.Condition must name the column of the condition.",
            () => conditional.WithColumns(new() { Features = "Features", Embedding = "E" }));
        using var plain = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(FactorRows.View(_mlContext, 20));
        ExpectFault(
            "The model cannot score like this: This model has no condition: leave VaeColumns.Condition out, which names \"C\".",
            () => plain.WithColumns(new() { Features = "Features", Embedding = "E", Condition = "C" }));
        using var renamed = conditional.WithColumns(new() { Features = "Features", Condition = "Kind", Embedding = "E" });
        Assert.Equal(20, renamed.Transform(ClassRows.View(_mlContext, 20)).GetColumn<float[]>("E").Count());
    }

    private VaeTransformer Fitted(string column)
    {
        var data = ClassRows.View(_mlContext, 20);
        using var transformer = _mlContext
            .Transforms.VaeEmbed(TinyVae.Options with { Condition = new() { ColumnName = column } })
            .Fit(data);
        return transformer.WithColumns(transformer.Model.Info.Columns with { Condition = "C" });
    }

    private static List<ClassRows.Row> WithBadRow()
    {
        var rows = ClassRows.Create(20);
        (rows[4].Kind, rows[4].Level, rows[4].Pair) = (ClassRows.Classes, float.NaN, [1, float.PositiveInfinity]);
        return rows;
    }

    private static DataViewSchema Schema(DataViewType condition)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, ClassRows.Features));
        builder.AddColumn("C", condition);
        return builder.ToSchema();
    }

    private static void ExpectRefusal(string message, Action action) =>
        Assert.Equal(
            $"{message} (Parameter 'inputSchema')",
            Assert.IsType<ArgumentOutOfRangeException>(Refusal.Expect(action, message)).Message
        );

    private static void ExpectFault(string message, Action action)
        => Assert.Equal(message, Assert.IsType<InvalidOperationException>(Refusal.Expect(action, message)).Message);

    public sealed class Key4
    {
        [VectorType(ClassRows.Features)]
        public float[] Features { get; set; } = new float[ClassRows.Features];

        [KeyType(4)]
        public uint C { get; set; }
    }

    public sealed class Number
    {
        [VectorType(ClassRows.Features)]
        public float[] Features { get; set; } = new float[ClassRows.Features];

        public float C { get; set; }
    }

    public sealed class Wide
    {
        [VectorType(ClassRows.Features)]
        public float[] Features { get; set; } = new float[ClassRows.Features];

        [VectorType(3)]
        public float[] C { get; set; } = new float[3];
    }
}
