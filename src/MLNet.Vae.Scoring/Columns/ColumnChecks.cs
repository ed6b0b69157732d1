using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Columns;

/// <summary>The one place that checks the columns that are read, for estimators and for the transformer, by shape and by schema.</summary>
internal static class ColumnChecks
{
    /// <summary>Most categories that a key may have: every one of them is a value of each row.</summary>
    public const int MaximumKeyCount = 1 << 20;

    /// <summary>Most values that the keys of a sequence may have.</summary>
    public const int MaximumTokens = SequenceSupport.MaximumTokens;

    /// <summary>The column of a shape. Exceptions are marked through <paramref name="context"/>, as ML.NET's are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing or of another type.</exception>
    public static SchemaShape.Column Check(SchemaShape inputSchema, InputRule rule, IExceptionContext? context = null)
    {
        var column = inputSchema.FirstOrDefault(column => column.Name == rule.Column);
        if (column.Name is null)
        {
            throw Refused(nameof(inputSchema), context, ColumnMessages.MissingColumn(rule, inputSchema.Select(found => found.Name)));
        }

        var isVector = column.Kind != SchemaShape.Column.VectorKind.Scalar;
        var isKnownSize = column.Kind == SchemaShape.Column.VectorKind.Vector;
        var itemName = column.IsKey ? $"Key<{column.ItemType}>" : $"{column.ItemType}";
        var fault = TypeFault(rule, isVector, isKnownSize, column.ItemType, column.IsKey, isVector ? $"Vector<{itemName}>" : itemName);
        return fault is null ? column : throw Refused(nameof(inputSchema), context, fault);
    }

    /// <summary>
    /// The column of a schema, like the one that a model was trained on where there is a model.
    /// Exceptions are marked through <paramref name="context"/>, as ML.NET marks its own.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing, of another type or of another width.</exception>
    public static InputColumn Check(DataViewSchema inputSchema, InputRule rule, IExceptionContext? context = null)
    {
        if (inputSchema.GetColumnOrNull(rule.Column) is not { } column)
        {
            var visible = inputSchema.Where(found => !found.IsHidden).Select(found => found.Name);
            throw Refused(nameof(inputSchema), context, ColumnMessages.MissingColumn(rule, visible));
        }

        var vector = column.Type as VectorDataViewType;
        var itemType = vector?.ItemType ?? column.Type;
        var isKnownSize = vector is { IsKnownSize: true };
        var fault = TypeFault(rule, vector is not null, isKnownSize, itemType, itemType is KeyDataViewType, $"{column.Type}");
        if (fault is null && itemType is KeyDataViewType { Count: > MaximumKeyCount } key)
        {
            fault = ColumnMessages.TooManyCategories(rule, $"{key}", MaximumKeyCount);
        }

        if (fault is null && rule.SequenceLength is not null && itemType is KeyDataViewType { Count: > MaximumTokens } tokenType)
        {
            fault = ColumnMessages.TooManyTokens(rule, $"{tokenType}", MaximumTokens);
        }

        if (fault is not null)
        {
            throw Refused(nameof(inputSchema), context, fault);
        }

        var found = column.Type switch
        {
            VectorDataViewType { ItemType: KeyDataViewType tokens } when rule.SequenceLength is { } length =>
                new InputColumn(rule.Role, column, VaeInputKind.Sequence, length) { Tokens = (int)tokens.Count },
            VectorDataViewType { Size: var size } => new InputColumn(rule.Role, column, VaeInputKind.Vector, size),
            KeyDataViewType { Count: var count } => new InputColumn(rule.Role, column, VaeInputKind.Key, (int)count),
            BooleanDataViewType => new InputColumn(rule.Role, column, VaeInputKind.Boolean, 1),
            _ => new InputColumn(rule.Role, column, VaeInputKind.Scalar, 1),
        };
        fault = OtherThanTrained(rule, found);
        return fault is null ? found : throw Refused(nameof(inputSchema), context, fault);
    }

    private static string? TypeFault(
        InputRule rule, bool isVector, bool isKnownSize, DataViewType itemType, bool isKey, string typeName)
    {
        if (rule.IsScalar && (isVector || !NumberReader.Takes(itemType)))
        {
            return ColumnMessages.WrongItemType(rule, typeName, itemType is TextDataViewType && !isVector
                ? $"mlContext.Transforms.Conversion.ConvertType(\"{rule.Column}\", outputKind: DataKind.Boolean)"
                : "mlContext.Transforms.CustomMapping(...)");
        }

        if (rule.SequenceLength is null && !isVector && (isKey ? rule.AllowsKey : rule.AllowsScalar(itemType)))
        {
            return null;
        }

        if (rule.SequenceLength is null && !isVector && isKey && rule.Role == InputRole.Features)
        {
            return ColumnMessages.KeyAlone(rule, typeName);
        }

        if (rule.SequenceLength is not null)
        {
            return isVector && isKey ? null : ColumnMessages.NotASequence(rule, typeName);
        }

        var name = rule.Column;
        var toSingle = $"mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.Single)";
        var toKey = $"mlContext.Transforms.Conversion.MapValueToKey(\"{name}\")";
        var remedy = itemType switch
        {
            _ when isKey => $"mlContext.Transforms.Conversion.MapKeyToVector(\"{name}\")",
            TextDataViewType when rule.AllowsKey => toKey,
            TextDataViewType => $"mlContext.Transforms.Text.FeaturizeText(\"{name}\")",
            NumberDataViewType when !isVector && rule.AllowsKey && itemType.RawType != typeof(float) =>
                $"{toKey} where the numbers are categories, {toSingle} where they are quantities",
            _ when NumberReader.Takes(itemType) => null,
            _ => "mlContext.Transforms.CustomMapping(...)",
        };
        if (rule.Role == InputRole.Label)
            return ColumnMessages.WrongItemType(rule, typeName, isVector ? "mlContext.Transforms.CustomMapping(...)" : toKey);
        return remedy is not null ? ColumnMessages.WrongItemType(rule, typeName, remedy)
            : !isVector ? ColumnMessages.NotAVector(rule, typeName)
            : !isKnownSize ? ColumnMessages.UnknownSize(rule, typeName)
            : null;
    }

    private static string? OtherThanTrained(InputRule rule, InputColumn found)
    {
        if (rule.Trained is not { } trained)
        {
            return null;
        }

        if (rule.Tokens is { } tokens)
        {
            return found.Tokens != tokens.Count
                ? ColumnMessages.OtherTokens(rule, tokens.Count, found.Tokens)
                : OtherNames(rule, tokens.Names, found.TokenNames());
        }

        var kind = trained.Kind == VaeInputKind.OneHot ? VaeInputKind.Vector : trained.Kind;
        if (found.Kind == VaeInputKind.Vector && kind == VaeInputKind.Vector)
        {
            return found.Width == trained.Width ? null : ColumnMessages.WrongWidth(rule, trained.Width, found.Width);
        }

        if (found.Kind != kind || found.Width != trained.Width)
        {
            return ColumnMessages.OtherKind(rule, kind, trained.Width, $"{found.Column.Type}");
        }

        return OtherNames(rule, trained.Names, found.Names());
    }

    private static string? OtherNames(InputRule rule, IReadOnlyList<string>? names, string[]? foundNames)
    {
        if (names is null || foundNames is null)
        {
            return null;
        }

        var other = Enumerable.Range(0, names.Count).FirstOrDefault(i => names[i] != foundNames[i], -1);
        return other < 0 ? null : ColumnMessages.OtherCategory(rule, other + 1, names[other], foundNames[other]);
    }

    private static ArgumentOutOfRangeException Refused(string parameter, IExceptionContext? context, string message)
    {
        var exception = new ArgumentOutOfRangeException(parameter, message);
        return context?.Process(exception) ?? exception;
    }
}
