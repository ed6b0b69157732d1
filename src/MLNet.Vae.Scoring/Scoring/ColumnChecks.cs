using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.Vae.Scoring;

/// <summary>The one place that checks the features column, for estimators and for the transformer, by shape and by schema.</summary>
internal static class ColumnChecks
{
    /// <summary>The features column of a shape. Exceptions are marked through <paramref name="context"/>, as ML.NET's are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing or of another type.</exception>
    public static SchemaShape.Column Features(SchemaShape inputSchema, string name, IExceptionContext? context = null)
    {
        var column = inputSchema.FirstOrDefault(column => column.Name == name);
        if (column.Name is null)
        {
            throw Refused(nameof(inputSchema), context, ScoringMessages.MissingColumn(name, inputSchema.Select(found => found.Name)));
        }

        var isVector = column.Kind != SchemaShape.Column.VectorKind.Scalar;
        var isKnownSize = column.Kind == SchemaShape.Column.VectorKind.Vector;
        var itemName = column.IsKey ? $"Key<{column.ItemType}>" : $"{column.ItemType}";
        var fault = TypeFault(name, isVector, isKnownSize, column.ItemType, column.IsKey, isVector ? $"Vector<{itemName}>" : itemName);
        return fault is null ? column : throw Refused(nameof(inputSchema), context, fault);
    }

    /// <summary>
    /// The features column of a schema, of <paramref name="width"/> slots where that is given.
    /// Exceptions are marked through <paramref name="context"/>, as ML.NET marks its own.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing, of another type or of another width.</exception>
    public static DataViewSchema.Column Features(
        DataViewSchema inputSchema, string name, IExceptionContext? context = null, int? width = null)
    {
        if (inputSchema.GetColumnOrNull(name) is not { } column)
        {
            var visible = inputSchema.Where(found => !found.IsHidden).Select(found => found.Name);
            throw Refused(nameof(inputSchema), context, ScoringMessages.MissingColumn(name, visible));
        }

        var vector = column.Type as VectorDataViewType;
        var itemType = vector?.ItemType ?? column.Type;
        var isKnownSize = vector is { IsKnownSize: true };
        var fault = TypeFault(name, vector is not null, isKnownSize, itemType, itemType is KeyDataViewType, $"{column.Type}");
        if (fault is null && width is { } expected && vector!.Size != expected)
        {
            fault = ScoringMessages.WrongWidth(name, expected, vector.Size);
        }

        return fault is null ? column : throw Refused(nameof(inputSchema), context, fault);
    }

    private static string? TypeFault(string name, bool isVector, bool isKnownSize, DataViewType itemType, bool isKey, string typeName)
    {
        var remedy = itemType switch
        {
            _ when isKey => $"mlContext.Transforms.Conversion.MapKeyToVector(\"{name}\")",
            TextDataViewType => $"mlContext.Transforms.Text.FeaturizeText(\"{name}\")",
            NumberDataViewType when itemType.RawType == typeof(float) => null,
            NumberDataViewType or BooleanDataViewType
                => $"mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.Single)",
            _ => "mlContext.Transforms.CustomMapping(...)",
        };
        return remedy is not null ? ScoringMessages.WrongItemType(name, typeName, remedy)
            : !isVector ? ScoringMessages.NotAVector(name, typeName)
            : !isKnownSize ? ScoringMessages.UnknownSize(name, typeName)
            : null;
    }

    private static ArgumentOutOfRangeException Refused(string parameter, IExceptionContext? context, string message)
    {
        var exception = new ArgumentOutOfRangeException(parameter, message);
        return context?.Process(exception) ?? exception;
    }
}
