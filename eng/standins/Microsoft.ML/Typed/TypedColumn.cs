using System.Linq.Expressions;
using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A column held by a member of a user's class.</summary>
internal sealed record TypedColumn(string Name, DataViewType Type, MemberInfo Member, DataViewSchema.Annotations Annotations)
{
    public static TypedColumn[] Of(Type userType, SchemaDefinition.Direction direction, SchemaDefinition definition = null)
        => [.. (definition ?? SchemaDefinition.Create(userType, direction)).Select(column => Of(userType, column))];

    public static DataViewSchema SchemaOf(IEnumerable<TypedColumn> columns)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(columns.Select(column => new DataViewSchema.DetachedColumn(column.Name, column.Type, column.Annotations)));
        return builder.ToSchema();
    }

    /// <summary>A getter of the column type's raw value from a .NET value: strings become text, arrays vectors.</summary>
    public static Delegate Convert<TMember>(DataViewType type, Func<TMember> read)
    {
        if (type is not VectorDataViewType vector)
        {
            return read is Func<string> text
                ? (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = text().AsMemory())
                : (ValueGetter<TMember>)((ref TMember value) => value = read());
        }
        return read is Func<string[]> texts
            ? FromArray(() => texts()?.Select(text => text.AsMemory()).ToArray())
            : (Delegate)Generic.Call(typeof(TMember).IsArray ? FromArray<int> : FromVector<int>, vector.ItemType.RawType, read);
    }

    public Delegate Getter<TRow>(Func<TRow> current)
        => (Delegate)Generic.Call(Getter<TRow, int>, [typeof(TRow), SchemaDefinition.MemberType(Member)], current);

    public Action<TRow> Setter<TRow>(DataViewRow row, DataViewSchema.Column column)
    {
        var (item, isVector) = SchemaDefinition.Unwrap(SchemaDefinition.MemberType(Member));
        var raw = item == typeof(string) ? typeof(ReadOnlyMemory<char>) : item;
        if (isVector != column.Type is VectorDataViewType || column.Type.GetItemType().RawType != raw)
        {
            throw Contracts.Except(null, $"Can't bind the IDataView column '{Name}' of type '{column.Type}' to field or property " +
                $"'{Member.Name}' of type '{SchemaDefinition.MemberType(Member).FullName}'.");
        }
        var template = !isVector ? SetScalar<TRow, int> : !SchemaDefinition.MemberType(Member).IsArray ? SetVector<TRow, int> : (Delegate)SetArray<TRow, int>;
        return (Action<TRow>)(item != typeof(string) ? Generic.Call(template, [typeof(TRow), raw], row, column)
            : isVector ? throw new NotSupportedException("The stand-in reads no vectors of texts.") : SetText<TRow>(row, column));
    }

    private static TypedColumn Of(Type userType, SchemaDefinition.Column column)
    {
        MemberInfo member = (MemberInfo)userType.GetField(column.MemberName) ?? userType.GetProperty(column.MemberName);
        Contracts.CheckParam(member is not null, "userSchemaDefinition",
            $"No field or property with name '{column.MemberName}' found in type '{userType.FullName}'");
        var (item, isVector) = SchemaDefinition.Unwrap(SchemaDefinition.MemberType(member));
        var name = string.IsNullOrEmpty(column.ColumnName) ? column.MemberName : column.ColumnName;
        var itemType = PrimitiveTypes.Of(item);
        var type = column.ColumnType ?? (isVector ? new VectorDataViewType(itemType) : itemType);
        Contracts.CheckParam(isVector == type is VectorDataViewType, "userSchemaDefinition",
            $"Column '{name}' is supposed to be {(isVector ? "scalar" : "vector")}, but type of associated field '{column.MemberName}' is {(isVector ? "vector" : "scalar")}");
        Contracts.CheckParam(type.GetItemType().RawType == itemType.RawType, "userSchemaDefinition",
            $"Column '{name}' is supposed to have item type {type.GetItemType().RawType}, but associated field has type {itemType.RawType}");
        return new TypedColumn(name, type, member, column.Annotations);
    }

    private static ValueGetter<VBuffer<TItem>> FromArray<TItem>(Func<TItem[]> read) => (ref VBuffer<TItem> value) =>
    {
        var array = read();
        VBuffer<TItem>.Copy(array, 0, ref value, array?.Length ?? 0);
    };

    private static ValueGetter<VBuffer<TItem>> FromVector<TItem>(Func<VBuffer<TItem>> read)
        => (ref VBuffer<TItem> value) => read().CopyTo(ref value);

    // The member holds values from 0, the column from 1; what is out of range is missing.
    private static ValueGetter<TValue> FromKey<TValue>(Func<TValue> read, ulong count)
        where TValue : struct, IConvertible => (ref TValue value) =>
    {
        var key = System.Convert.ToUInt64(read());
        value = (TValue)System.Convert.ChangeType(key < count ? key + 1 : 0, typeof(TValue));
    };

    private Delegate Getter<TRow, TMember>(Func<TRow> current)
    {
        var peek = Peek<TRow, TMember>();
        Func<TMember> read = () => peek(current());
        return Type is KeyDataViewType key ? (Delegate)Generic.Call(FromKey<int>, typeof(TMember), read, key.Count) : Convert(Type, read);
    }

    private Func<TRow, TMember> Peek<TRow, TMember>()
    {
        var row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TMember>>(Expression.MakeMemberAccess(row, Member), row).Compile();
    }

    private Action<TRow, TMember> Poke<TRow, TMember>()
    {
        var (row, value) = (Expression.Parameter(typeof(TRow)), Expression.Parameter(typeof(TMember)));
        return Expression.Lambda<Action<TRow, TMember>>(Expression.Assign(Expression.MakeMemberAccess(row, Member), value), row, value).Compile();
    }

    private Action<TRow> SetScalar<TRow, TValue>(DataViewRow row, DataViewSchema.Column column)
    {
        var (get, poke) = (row.GetGetter<TValue>(column), Poke<TRow, TValue>());
        TValue value = default;
        return target =>
        {
            get(ref value);
            poke(target, value);
        };
    }

    private Action<TRow> SetText<TRow>(DataViewRow row, DataViewSchema.Column column)
    {
        var (get, poke) = (row.GetGetter<ReadOnlyMemory<char>>(column), Poke<TRow, string>());
        ReadOnlyMemory<char> value = default;
        return target =>
        {
            get(ref value);
            poke(target, value.ToString());
        };
    }

    // The arrays of the row object are written into, so that a reused row object costs no allocation.
    private Action<TRow> SetVector<TRow, TItem>(DataViewRow row, DataViewSchema.Column column)
    {
        var (get, peek, poke) = (row.GetGetter<VBuffer<TItem>>(column), Peek<TRow, VBuffer<TItem>>(), Poke<TRow, VBuffer<TItem>>());
        return target =>
        {
            var value = peek(target);
            get(ref value);
            poke(target, value);
        };
    }

    private Action<TRow> SetArray<TRow, TItem>(DataViewRow row, DataViewSchema.Column column)
    {
        var (get, peek, poke) = (row.GetGetter<VBuffer<TItem>>(column), Peek<TRow, TItem[]>(), Poke<TRow, TItem[]>());
        VBuffer<TItem> value = default;
        return target =>
        {
            get(ref value);
            var array = peek(target);
            if ((array?.Length ?? 0) != value.Length)
                array = new TItem[value.Length];
            value.CopyTo(array);
            poke(target, array);
        };
    }
}
