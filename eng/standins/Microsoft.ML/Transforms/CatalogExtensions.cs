using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Transforms that move columns.</summary>
public static class TransformExtensionsCatalog
{
    public static ColumnCopyingEstimator CopyColumns(this TransformsCatalog catalog, string outputColumnName, string inputColumnName)
        => new(catalog.GetEnvironment(), outputColumnName, inputColumnName);

    public static ColumnConcatenatingEstimator Concatenate(this TransformsCatalog catalog, string outputColumnName, params string[] inputColumnNames)
        => new(catalog.GetEnvironment(), outputColumnName, inputColumnNames);

    public static ColumnSelectingEstimator DropColumns(this TransformsCatalog catalog, params string[] columnNames)
        => new(catalog.GetEnvironment(), columnNames);
}

/// <summary>From type to type.</summary>
public static class ConversionsExtensionsCatalog
{
    public static ValueToKeyMappingEstimator MapValueToKey(this TransformsCatalog.ConversionTransforms catalog, string outputColumnName,
        string inputColumnName = null, int maximumNumberOfKeys = ValueToKeyMappingEstimator.MaximumNumberOfKeys,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false, IDataView keyData = null)
    {
        var env = catalog.GetEnvironment();
        env.CheckParam(maximumNumberOfKeys == ValueToKeyMappingEstimator.MaximumNumberOfKeys && keyOrdinality == ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence
            && addKeyValueAnnotationsAsText == keyData is not null, nameof(keyOrdinality), "The stand-in numbers texts as they occur, or numbers as given, annotated as texts.");
        return new(env, outputColumnName, inputColumnName, keyData);
    }

    public static KeyToVectorMappingEstimator MapKeyToVector(this TransformsCatalog.ConversionTransforms catalog, string outputColumnName,
        string inputColumnName = null, bool outputCountVector = false)
        => new(catalog.GetEnvironment(), outputColumnName, inputColumnName ?? outputColumnName);

    public static TypeConvertingEstimator ConvertType(this TransformsCatalog.ConversionTransforms catalog, string outputColumnName,
        string inputColumnName = null, DataKind outputKind = DataKind.Single)
    {
        var env = catalog.GetEnvironment();
        env.CheckParam(outputKind == DataKind.Single, nameof(outputKind), "The stand-in converts to Single.");
        return new(env, outputColumnName, inputColumnName ?? outputColumnName);
    }

    public static KeyToValueMappingEstimator MapKeyToValue(this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string inputColumnName = null)
        => new(catalog.GetEnvironment(), outputColumnName, inputColumnName ?? outputColumnName);
}
