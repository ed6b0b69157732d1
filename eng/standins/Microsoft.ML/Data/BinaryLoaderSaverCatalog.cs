using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Data in files that keep its types.</summary>
public static class BinaryLoaderSaverCatalog
{
    public static IDataView LoadFromBinary(this DataOperationsCatalog catalog, string path)
    {
        Contracts.CheckNonEmpty(null, path, nameof(path));
        Contracts.CheckParam(File.Exists(path), nameof(path), $"File does not exist at path: {path}");
        using var reader = new BinaryReader(File.OpenRead(path));
        var count = reader.ReadInt64();
        var schema = SchemaCodec.Read(reader);
        return new CacheView(new BinaryView(schema, path, count, reader.BaseStream.Position));
    }

    public static void SaveAsBinary(this DataOperationsCatalog catalog, IDataView data, Stream stream, bool keepHidden = false)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckValue(stream, nameof(stream));
        using var rows = new MemoryStream();
        using var writer = new BinaryWriter(rows);
        var columns = data.Schema.Where(column => keepHidden || !column.IsHidden).ToArray();
        using var cursor = data.GetRowCursor(columns);
        var writers = columns.Select(column => (Action<BinaryWriter>)Generic.Call(
            column.Type is VectorDataViewType ? VectorWriter<int> : ItemWriter<int>, column.Type.GetItemType().RawType, cursor, column)).ToArray();
        var count = 0L;
        for (; cursor.MoveNext(); count++)
        {
            foreach (var write in writers)
                write(writer);
        }
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(columns);
        using var file = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        file.Write(count);
        SchemaCodec.Write(file, builder.ToSchema());
        file.Flush();
        rows.WriteTo(stream);
    }

    private static Action<BinaryWriter> ItemWriter<TItem>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<TItem>(column);
        TItem value = default;
        return writer =>
        {
            get(ref value);
            SchemaCodec.WriteItem(writer, value);
        };
    }

    private static Action<BinaryWriter> VectorWriter<TItem>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<VBuffer<TItem>>(column);
        VBuffer<TItem> value = default;
        return writer =>
        {
            get(ref value);
            SchemaCodec.WriteVector(writer, value);
        };
    }

    private sealed class BinaryView(DataViewSchema schema, string path, long count, long start) : ViewBase(schema)
    {
        public override long? GetRowCount() => count;

        public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        {
            var reader = new BinaryReader(File.OpenRead(path));
            reader.BaseStream.Position = start;
            return new Cursor(Schema, reader, count, Schema.Active(columnsNeeded));
        }
    }

    // Every column of a row is read, since rows lie one after another.
    private sealed class Cursor(DataViewSchema schema, BinaryReader reader, long count, bool[] active) : CountingCursor(schema)
    {
        private readonly Field[] _fields = [.. schema.Select(column => (Field)Generic.Call(Make<int>, column.Type.GetItemType().RawType, column.Type is VectorDataViewType))];

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Contracts.CheckParam(active[column.Index], nameof(column), "requested column not active");
            return _fields[column.Index].Getter.Cast<TValue>();
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => IdGetter(() => Position);

        protected override bool Advance()
        {
            if (Position + 1 == count)
                return false;
            foreach (var field in _fields)
                field.Read(reader);
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            reader.Dispose();
            base.Dispose(disposing);
        }

        private static Field Make<TItem>(bool isVector)
        {
            TItem item = default;
            VBuffer<TItem> vector = default;
            return isVector
                ? new Field(reader => vector = SchemaCodec.ReadVector<TItem>(reader), (ValueGetter<VBuffer<TItem>>)((ref VBuffer<TItem> value) => vector.CopyTo(ref value)))
                : new Field(reader => item = SchemaCodec.ReadItem<TItem>(reader), (ValueGetter<TItem>)((ref TItem value) => value = item));
        }

        private sealed record Field(Action<BinaryReader> Read, Delegate Getter);
    }
}
