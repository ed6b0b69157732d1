using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Interop;

namespace MLNet.Vae.Columns;

/// <summary>How the values of an added column come: their type, as promised and as delivered, and their getter.</summary>
internal abstract class OutputValues
{
    /// <summary>Numbers as they are, <c>Vector&lt;Single&gt;</c>.</summary>
    public static OutputValues Numbers { get; } = new NumberSlots();

    /// <summary>Numbers of a codebook's entries as keys, <c>Vector&lt;Key&lt;UInt32&gt;&gt;</c>.</summary>
    public static OutputValues Keys { get; } = new KeySlots();

    /// <summary>The number of a class as a key, <c>Key&lt;UInt32&gt;</c>.</summary>
    public static OutputValues Class { get; } = new ClassKey();

    /// <summary>One number as it is, <c>Single</c>.</summary>
    public static OutputValues Number { get; } = new Scalar<float>(NumberDataViewType.Single, _ => value => value);

    /// <summary>
    /// Whether one number does not lie at or below the model's threshold, <c>Boolean</c>; never without a threshold. A score that is NaN
    /// is no evidence that a row is normal: it counts as above.
    /// </summary>
    public static OutputValues AboveThreshold { get; } = new Scalar<bool>(BooleanDataViewType.Instance, info =>
    {
        return info.IsAboveThreshold;
    });

    /// <summary>The p-value of one number against the model's calibration scores, <c>Single</c>.</summary>
    public static OutputValues PValue { get; } = new Scalar<float>(
        NumberDataViewType.Single, info => info.PValue());

    public abstract DataViewType Type(OutputColumn column);

    /// <summary>What <see cref="Type"/> will be, as a shape.</summary>
    public abstract SchemaShape.Column Shape(string name, SchemaShape? annotations);

    /// <summary>The <see cref="ValueGetter{TValue}"/> that serves what <paramref name="current"/> gives.</summary>
    public abstract Delegate Getter(OutputColumn column, RowValues current);

    private sealed class NumberSlots : OutputValues
    {
        public override DataViewType Type(OutputColumn column) => new VectorDataViewType(NumberDataViewType.Single, column.Width);

        public override SchemaShape.Column Shape(string name, SchemaShape? annotations)
            => MLNetInternals.ShapeColumn(name, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false, annotations);

        public override Delegate Getter(OutputColumn column, RowValues current)
        {
            var width = column.Width;
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                var numbers = current();
                var editor = VBufferEditor.Create(ref value, width);
                numbers.CopyTo(editor.Values);
                value = editor.Commit();
            });
        }
    }

    private sealed class KeySlots : OutputValues
    {
        public override DataViewType Type(OutputColumn column)
            => new VectorDataViewType(new KeyDataViewType(typeof(uint), column.Info.CodebookSize), column.Width);

        public override SchemaShape.Column Shape(string name, SchemaShape? annotations)
            => MLNetInternals.ShapeColumn(name, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.UInt32, true, annotations);

        public override Delegate Getter(OutputColumn column, RowValues current)
        {
            var width = column.Width;
            return (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> value) =>
            {
                var numbers = current();
                var editor = VBufferEditor.Create(ref value, width);
                for (var i = 0; i < width; i++)
                    editor.Values[i] = Key(numbers[i]);
                value = editor.Commit();
            });
        }

    }

    private sealed class ClassKey : OutputValues
    {
        public override DataViewType Type(OutputColumn column) => new KeyDataViewType(typeof(uint), column.Info.ClassCount);

        public override SchemaShape.Column Shape(string name, SchemaShape? annotations)
            => MLNetInternals.ShapeColumn(name, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true, annotations);

        public override Delegate Getter(OutputColumn column, RowValues current)
            => (ValueGetter<uint>)((ref uint value) => value = Key(current()[0]));
    }

    /// <summary>Numbers count from 0, keys from 1, with 0 for a missing one.</summary>
    private static uint Key(float number) => float.IsNaN(number) ? 0 : (uint)number + 1;

    /// <param name="type">Of the column.</param>
    /// <param name="of">What a model makes of the number that its graph gives.</param>
    private sealed class Scalar<T>(PrimitiveDataViewType type, Func<VaeModelInfo, Func<float, T>> of) : OutputValues
    {
        public override DataViewType Type(OutputColumn column) => type;

        public override SchemaShape.Column Shape(string name, SchemaShape? annotations)
            => MLNetInternals.ShapeColumn(name, SchemaShape.Column.VectorKind.Scalar, type, false, annotations);

        public override Delegate Getter(OutputColumn column, RowValues current)
        {
            var made = of(column.Info);
            return (ValueGetter<T>)((ref T value) => value = made(current()[0]));
        }
    }
}
