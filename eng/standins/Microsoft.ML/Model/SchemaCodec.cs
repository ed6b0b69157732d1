using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A schema, its annotations included, as bytes.</summary>
internal static class SchemaCodec
{
    private const byte Primitive = 0;
    private const byte Key = 1;
    private const byte Vector = 2;

    public static void Write(BinaryWriter writer, DataViewSchema schema)
    {
        writer.Write(schema.Count);
        foreach (var column in schema)
        {
            writer.Write(column.Name);
            WriteType(writer, column.Type);
            Write(writer, column.Annotations.Schema);
            foreach (var annotation in column.Annotations.Schema)
                Generic.Call(WriteAnnotation<int>, annotation.Type.RawType, writer, column.Annotations, annotation);
        }
    }

    public static DataViewSchema Read(BinaryReader reader)
    {
        var builder = new DataViewSchema.Builder();
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadString();
            var type = ReadType(reader);
            var annotations = new DataViewSchema.Annotations.Builder();
            foreach (var annotation in Read(reader))
                Generic.Call(ReadAnnotation<int>, annotation.Type.RawType, reader, annotations, annotation);
            builder.AddColumn(name, type, annotations.ToAnnotations());
        }
        return builder.ToSchema();
    }

    private static void WriteType(BinaryWriter writer, DataViewType type)
    {
        switch (type)
        {
            case VectorDataViewType vector:
                writer.Write(Vector);
                WriteType(writer, vector.ItemType);
                writer.Write(vector.Dimensions.Length);
                foreach (var dimension in vector.Dimensions)
                    writer.Write(dimension);
                break;
            case KeyDataViewType key:
                writer.Write(Key);
                writer.Write(key.RawType.Name);
                writer.Write(key.Count);
                break;
            default:
                writer.Write(Primitive);
                writer.Write(type.RawType.Name);
                break;
        }
    }

    private static DataViewType ReadType(BinaryReader reader)
    {
        switch (reader.ReadByte())
        {
            case Vector:
                var item = (PrimitiveDataViewType)ReadType(reader);
                var dimensions = new int[reader.ReadInt32()];
                for (var i = 0; i < dimensions.Length; i++)
                    dimensions[i] = reader.ReadInt32();
                return new VectorDataViewType(item, dimensions);
            case Key:
                return new KeyDataViewType(ByName(reader.ReadString()).RawType, reader.ReadUInt64());
            default:
                return ByName(reader.ReadString());
        }
    }

    public static PrimitiveDataViewType ByName(string name)
        => PrimitiveTypes.All.SingleOrDefault(type => type.RawType.Name == name) ?? throw Contracts.ExceptDecode(null, $"Unknown type '{name}'");

    private static void WriteAnnotation<TValue>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column column)
    {
        TValue value = default;
        annotations.GetValue(column.Name, ref value);
        if (column.Type is VectorDataViewType vector)
            Generic.Call(WriteVector<int>, vector.ItemType.RawType, writer, value);
        else
            WriteItem(writer, value);
    }

    private static void ReadAnnotation<TValue>(BinaryReader reader, DataViewSchema.Annotations.Builder builder, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType vector)
        {
            Generic.Call(ReadVectorAnnotation<int>, vector.ItemType.RawType, reader, builder, column);
            return;
        }
        var value = ReadItem<TValue>(reader);
        builder.Add(column.Name, column.Type, (ref TValue destination) => destination = value);
    }

    public static void WriteVector<TItem>(BinaryWriter writer, VBuffer<TItem> vector)
    {
        writer.Write(vector.Length);
        writer.Write(vector.GetValues().Length);
        foreach (var item in vector.GetValues())
            WriteItem(writer, item);
        foreach (var index in vector.GetIndices())
            writer.Write(index);
    }

    public static VBuffer<TItem> ReadVector<TItem>(BinaryReader reader)
    {
        var (length, values) = (reader.ReadInt32(), new TItem[reader.ReadInt32()]);
        for (var i = 0; i < values.Length; i++)
            values[i] = ReadItem<TItem>(reader);
        var indices = values.Length < length ? new int[values.Length] : null;
        for (var i = 0; i < indices?.Length; i++)
            indices[i] = reader.ReadInt32();
        return new VBuffer<TItem>(length, values.Length, values, indices);
    }

    private static void ReadVectorAnnotation<TItem>(BinaryReader reader, DataViewSchema.Annotations.Builder builder, DataViewSchema.Column column)
    {
        var vector = ReadVector<TItem>(reader);
        builder.Add(column.Name, column.Type, (ref VBuffer<TItem> destination) => vector.CopyTo(ref destination));
    }

    public static void WriteItem<TItem>(BinaryWriter writer, TItem item)
    {
        if (item is ReadOnlyMemory<char> text)
            writer.Write(text.ToString());
        else
            writer.Write(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TItem, byte>(ref item), Unsafe.SizeOf<TItem>()));
    }

    public static TItem ReadItem<TItem>(BinaryReader reader)
    {
        if (typeof(TItem) == typeof(ReadOnlyMemory<char>))
            return (TItem)(object)reader.ReadString().AsMemory();
        TItem item = default;
        reader.BaseStream.ReadExactly(MemoryMarshal.CreateSpan(ref Unsafe.As<TItem, byte>(ref item), Unsafe.SizeOf<TItem>()));
        return item;
    }
}
