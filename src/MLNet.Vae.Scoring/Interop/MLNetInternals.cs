using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace MLNet.Vae.Interop;

/// <summary>Every reach into a part of ML.NET that is not public, each with a test of its own.</summary>
internal static class MLNetInternals
{
    private const string EnvironmentInterface = "Microsoft.ML.Runtime.IHostEnvironmentInternal";
    private const string DefaultScore = "Score";
    private const string CancelableInterface = "Microsoft.ML.Runtime.ICancelable";

    /// <summary>The environment behind <c>mlContext.Transforms</c>: not the <see cref="MLContext"/> itself.</summary>
    public static IHostEnvironment Environment(TransformsCatalog catalog) => TransformsEnvironment(catalog);

    /// <summary>The environment behind <c>mlContext.AnomalyDetection.Trainers</c>.</summary>
    public static IHostEnvironment Environment(AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers)
        => CatalogEnvironment(TrainersOwner(trainers));

    /// <summary>The environment behind <c>mlContext.MulticlassClassification.Trainers</c>.</summary>
    public static IHostEnvironment Environment(MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers)
        => CatalogEnvironment(TrainersOwner(trainers));

    public static SchemaShape.Column ShapeColumn(
        string name, SchemaShape.Column.VectorKind kind, DataViewType itemType, bool isKey = false, SchemaShape? annotations = null)
        => NewShapeColumn(name, kind, itemType, isKey, annotations);

    /// <summary>What ML.NET makes of a schema when it plans a pipeline.</summary>
    public static SchemaShape Shape(DataViewSchema schema) => CreateShape(null, schema);

    /// <summary><c>MLContext.GpuDeviceId</c> as the environment inherited it.</summary>
    public static int? GpuDeviceId(IHostEnvironment environment) => (int?)Setting(environment, nameof(MLContext.GpuDeviceId));

    /// <summary>The seed of the <c>MLContext</c>; <see langword="null"/>: it has none, and draws others each time.</summary>
    public static int? Seed(IHostEnvironment environment) => (int?)Setting(environment, nameof(Seed));

    /// <summary><c>MLContext.FallbackToCpu</c> as the environment inherited it.</summary>
    public static bool FallbackToCpu(IHostEnvironment environment) => (bool?)Setting(environment, nameof(MLContext.FallbackToCpu)) ?? false;

    /// <summary>Asks whether <c>MLContext.CancelExecution</c> was called, as ML.NET's own trainers do.</summary>
    public static Func<bool> IsCanceled(IHostEnvironment environment) =>
        Property(environment, CancelableInterface, nameof(IsCanceled))?.GetMethod?.CreateDelegate<Func<bool>>(environment)
        ?? (static () => false);

    private static object? Setting(IHostEnvironment environment, string name)
        => Property(environment, EnvironmentInterface, name)?.GetValue(environment);

    // By reflection: an accessor cannot name an internal interface, and an environment of the user's own need not have it.
    private static PropertyInfo? Property(IHostEnvironment environment, string inInterface, string name)
        => environment.GetType().GetInterface(inInterface)?.GetProperty(name, BindingFlags.Public | BindingFlags.Instance);

    /// <summary>
    /// A linear model whose score of a vector is <c>weights · vector</c>, as a transformer that adds Score and PredictedLabel.
    /// </summary>
    public static ITransformer Linear(IHostEnvironment environment, DataViewSchema schema, string vector, float[] weights)
    {
        var buffer = new VBuffer<float>(weights.Length, weights);
        return Prediction<LinearBinaryModelParameters>.New(
            environment, NewLinear(environment, in buffer, 0, null), schema, vector, 0, DefaultScore);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern LinearBinaryModelParameters NewLinear(
        IHostEnvironment environment, in VBuffer<float> weights, float bias, ModelStatisticsBase? statistics);

    private static class Prediction<T> where T : class
    {
        [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
        public static extern BinaryPredictionTransformer<T> New(
            IHostEnvironment environment, T model, DataViewSchema schema, string features, float threshold, string thresholdColumn);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_env")]
    private static extern ref IHostEnvironment TransformsEnvironment(TransformsCatalog catalog);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Owner")]
    private static extern TrainCatalogBase TrainersOwner(TrainCatalogBase.CatalogInstantiatorBase trainers);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Environment")]
    private static extern IHostEnvironment CatalogEnvironment(TrainCatalogBase catalog);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SchemaShape.Column NewShapeColumn(
        string name, SchemaShape.Column.VectorKind kind, DataViewType itemType, bool isKey, SchemaShape? annotations);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "Create")]
    private static extern SchemaShape CreateShape(SchemaShape? type, DataViewSchema schema);
}
