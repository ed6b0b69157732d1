using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Measures;

/// <summary>Vectors of categories: twelve in three groups, each with contexts like those of its group.</summary>
public sealed class VaeCategoryEmbeddingsTests : IClassFixture<VaeCategoryEmbeddingsTests.Trained>
{
    private const int Groups = 3, PerGroup = 4, Contexts = 10;

    private static readonly string[] Names =
        ["oak", "elm", "ash", "fir", "cod", "eel", "ray", "bass", "iron", "zinc", "lead", "tin"];

    private readonly Trained _trained;

    public VaeCategoryEmbeddingsTests(Trained trained) => _trained = trained;

    public static TheoryData<string, VaeDistance> Cases => new()
    {
        { "key", VaeDistance.Cosine },
        { "key", VaeDistance.Euclidean },
        { "one-hot", VaeDistance.Cosine },
        { "one-hot", VaeDistance.Euclidean },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_nearest_neighbours_are_those_of_like_contexts(string input, VaeDistance distance)
    {
        var embeddings = VaeCategoryEmbeddings.From(_trained.Transformers[input]);
        foreach (var (name, i) in Names.Select((name, i) => (name, i)))
        {
            var group = Names.Skip(i / PerGroup * PerGroup).Take(PerGroup).Where(other => other != name);
            Assert.Equal(
                group.Order(StringComparer.Ordinal),
                embeddings.Nearest(name, PerGroup - 1, distance).Select(n => n.Category).Order(StringComparer.Ordinal)
            );
        }
    }

    [Theory]
    [InlineData("key")]
    [InlineData("one-hot")]
    public void A_vector_is_the_embedding_of_a_row_with_that_category(string input)
    {
        var transformer = _trained.Transformers[input];
        var embeddings = VaeCategoryEmbeddings.From(transformer);
        var rows = transformer.Transform(_trained.Data).GetColumn<float[]>("Embedding").Take(Names.Length).ToArray();

        Assert.Equal(Names, embeddings.Names);
        Assert.Equal(transformer.Model.Info.LatentDimension, embeddings.Dimension);
        for (var i = 0; i < Names.Length; i++)
        {
            FloatAssert.Near(rows[i], embeddings.Vector(Names[i]).AsSpan(), Names[i]);
            Assert.Equal(embeddings.Vector(Names[i]), embeddings.Vector(i));
        }
    }

    [Fact]
    public void A_loaded_pipeline_has_them_too()
    {
        var transformer = _trained.Transformers["key"];
        var loaded = SavedModel.RoundTrip(transformer, _trained.Data.Schema);
        var embeddings = VaeCategoryEmbeddings.From(VaeTransformer.From(new MLContext(), loaded).Model);
        Assert.Equal(Names, embeddings.Names);
        Assert.Equal(VaeCategoryEmbeddings.From(transformer).Vector("eel").ToArray(), embeddings.Vector("eel").ToArray());
    }

    [Theory]
    [InlineData(VaeDistance.Cosine)]
    [InlineData(VaeDistance.Euclidean)]
    public void Distances_are_those_of_the_vectors_in_rising_order(VaeDistance distance)
    {
        var embeddings = VaeCategoryEmbeddings.From(_trained.Transformers["key"]);
        var neighbours = embeddings.Nearest("zinc", 100, distance);

        Assert.Equal(Names.Length - 1, neighbours.Count);
        Assert.DoesNotContain(neighbours, n => n.Category == "zinc");
        Assert.Equal(neighbours.Select(n => n.Distance).Order(), neighbours.Select(n => n.Distance));
        var from = embeddings.Vector("zinc");
        foreach (var (category, found) in neighbours)
        {
            var to = embeddings.Vector(category);
            var expected = distance == VaeDistance.Euclidean
                ? Math.Sqrt(from.Zip(to, (a, b) => Math.Pow((double)a - b, 2)).Sum())
                : 1 - (from.Zip(to, (a, b) => (double)a * b).Sum()
                    / Math.Sqrt(from.Sum(a => (double)a * a)) / Math.Sqrt(to.Sum(b => (double)b * b)));
            Assert.Equal(expected, found, 1e-9);
        }
    }

    [Fact]
    public void Categories_without_names_are_numbered()
    {
        var mlContext = new MLContext(seed: 1);
        using var transformer = mlContext.Transforms
            .VaeEmbed(TinyVae.Options with { InputColumnName = "Kind", TargetColumnName = "Target" }).Fit(ClassRows.View(mlContext, 60));
        Assert.Equal(["0", "1", "2"], VaeCategoryEmbeddings.From(transformer).Names.AsEnumerable());
    }

    [Fact]
    public void A_model_of_other_features_is_refused()
    {
        var mlContext = new MLContext(seed: 1);
        var data = ClassRows.View(mlContext, 60);
        const string Message =
            "The features column \"Features\" of this model holds no categories: expected a model trained on a key or a one-hot vector "
            + "(VaeOptions.TargetColumnName set), found one of other features. Embed rows with Transform instead.";
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => VaeCategoryEmbeddings.From(SampleModels.Embedder())).Message);
        using var toTarget = mlContext.Transforms.VaeEmbed(TinyVae.Options with { TargetColumnName = "Target" }).Fit(data);
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => VaeCategoryEmbeddings.From(toTarget)).Message);

        using var conditional = mlContext
            .Transforms.VaeEmbed(
                TinyVae.Options with
                {
                    InputColumnName = "Kind",
                    TargetColumnName = "Target",
                    Condition = new() { ColumnName = "Level" },
                }
            )
            .Fit(data);
        Assert.Equal(
            "This model is conditional, so the vector of a category depends on the condition (column \"Level\"). "
                + "Train without a condition, or embed rows with Transform.",
            Assert.Throws<InvalidOperationException>(() => VaeCategoryEmbeddings.From(conditional)).Message);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        var embeddings = VaeCategoryEmbeddings.From(_trained.Transformers["key"]);
        const string Unknown =
            "There is no category \"yew\" among the 12 of this model, which begin with \"oak\", \"elm\" and \"ash\". (Parameter "
            + "'category')";
        Assert.Equal(Unknown, Assert.Throws<ArgumentException>(() => embeddings.Vector("yew")).Message);
        Assert.Equal(Unknown, Assert.Throws<ArgumentException>(() => embeddings.Nearest("yew", 1)).Message);
        Assert.Throws<ArgumentNullException>(() => embeddings.Vector(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => embeddings.Vector(12));
        Assert.Throws<ArgumentOutOfRangeException>(() => embeddings.Vector(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => embeddings.Nearest("oak", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => embeddings.Nearest("oak", 1, (VaeDistance)7));
        Assert.Throws<ArgumentNullException>(() => VaeCategoryEmbeddings.From((VaeModel)null!));
        Assert.Throws<ArgumentNullException>(() => VaeCategoryEmbeddings.From((VaeTransformer)null!));
    }

    /// <summary>Fits of the same rows, by key and by one-hot vector.</summary>
    public sealed class Trained : IDisposable
    {
        public Trained()
        {
            var mlContext = new MLContext(seed: 1);
            var random = new Random(1);
            var centres = Enumerable
                .Range(0, Groups)
                .Select(_ => Enumerable.Range(0, Contexts).Select(_ => 3 * random.NextSingle()).ToArray())
                .ToArray();
            var rows = Enumerable
                .Range(0, 1_200)
                .Select(i => new Row
                {
                    Word = (uint)(i % Names.Length),
                    OneHot = [.. Names.Select((_, j) => j == i % Names.Length ? 1f : 0f)],
                    Context = [.. centres[i % Names.Length / PerGroup].Select(c => c + random.NextSingle())],
                })
                .ToArray();
            var schema = SchemaDefinition.Create(typeof(Row));
            var names = new VBuffer<ReadOnlyMemory<char>>(Names.Length, [.. Names.Select(name => name.AsMemory())]);
            schema[nameof(Row.Word)].AddAnnotation("KeyValues", names, new VectorDataViewType(TextDataViewType.Instance, Names.Length));
            schema[nameof(Row.OneHot)].AddAnnotation("SlotNames", names, new VectorDataViewType(TextDataViewType.Instance, Names.Length));
            Data = mlContext.Data.LoadFromEnumerable(rows, schema);
            var options = new VaeOptions
            {
                Architecture = VaeArchitecture.Mlp(16),
                Latent = VaeLatent.Gaussian(3),
                TargetColumnName = nameof(Row.Context),
                Training = new() { Epochs = 40, LearningRate = 0.01, Seed = 1, Threads = 1 },
            };
            Transformers = new()
            {
                ["key"] = mlContext.Transforms.VaeEmbed(options with { InputColumnName = nameof(Row.Word) }).Fit(Data),
                ["one-hot"] = mlContext.Transforms.VaeEmbed(options with { InputColumnName = nameof(Row.OneHot) }).Fit(Data),
            };
        }

        public IDataView Data { get; }

        public Dictionary<string, VaeTransformer> Transformers { get; }

        public void Dispose()
        {
            foreach (var transformer in Transformers.Values)
                transformer.Dispose();
        }
    }

    public sealed class Row
    {
        [KeyType(Groups * PerGroup)]
        public uint Word { get; set; }

        [VectorType(Groups * PerGroup)]
        public float[] OneHot { get; set; } = [];

        [VectorType(Contexts)]
        public float[] Context { get; set; } = [];
    }
}
