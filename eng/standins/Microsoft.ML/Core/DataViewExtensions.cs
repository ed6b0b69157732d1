using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Short ways to cursors, and checks that cursors share.</summary>
internal static class DataViewExtensions
{
    public static DataViewRowCursor Open(this IDataView data, params DataViewSchema.Column[] columns) => data.GetRowCursor(columns);

    /// <summary>For every column of the schema: is it among those needed?</summary>
    public static bool[] Active(this DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        var active = new bool[schema.Count];
        foreach (var column in Contracts.CheckValue(columnsNeeded, nameof(columnsNeeded)))
        {
            Contracts.Check(null, column.Index < active.Length, $"The requested column: {column} is not part of the sourceSchema");
            active[column.Index] = true;
        }
        return active;
    }

    public static DataViewSchema.Column Find(this DataViewSchema schema, IExceptionContext context, string role, string name, string parameter = "inputSchema")
        => schema.GetColumnOrNull(name) ?? throw context.ExceptColumn(parameter, role, name);

    public static ValueGetter<TValue> Cast<TValue>(this Delegate getter) => getter as ValueGetter<TValue>
        ?? throw Contracts.Except(null, $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{getter.GetType().GetGenericArguments()[0]}'.");

    /// <summary>A getter whose value type is known at run time only.</summary>
    public static Delegate GetAnyGetter(this DataViewRow row, DataViewSchema.Column column)
        => (Delegate)Generic.Call(row.GetGetter<int>, column.Type.RawType, column);

    /// <summary>A getter that gives the item, or the whole vector, as dense single precision.</summary>
    public static Action<float[]> SingleReader(this DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
        {
            var get = row.GetGetter<VBuffer<float>>(column);
            VBuffer<float> value = default;
            return destination =>
            {
                get(ref value);
                value.CopyTo(destination);
            };
        }
        var getOne = row.GetGetter<float>(column);
        return destination => getOne(ref destination[0]);
    }

    /// <summary>Labels as numbers: a key counts from 0, and a missing one is NaN.</summary>
    public static Func<float> LabelReader(this DataViewRow row, DataViewSchema.Column column)
        => (Func<float>)Generic.Call(LabelReader<int>, column.Type.RawType, row, column);

    private static Func<float> LabelReader<TValue>(DataViewRow row, DataViewSchema.Column column)
        where TValue : struct, IConvertible
    {
        var get = row.GetGetter<TValue>(column);
        TValue value = default;
        return () =>
        {
            get(ref value);
            var number = value.ToSingle(null);
            return column.Type is not KeyDataViewType ? number : number == 0 ? float.NaN : number - 1;
        };
    }
}

/// <summary>Calls a generic method with types known at run time.</summary>
internal static class Generic
{
    public static object Call(Delegate template, Type type, params object[] arguments) => Call(template, [type], arguments);

    public static object Call(Delegate template, Type[] types, params object[] arguments)
        => template.Method.GetGenericMethodDefinition().MakeGenericMethod(types)
            .Invoke(template.Target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
