using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Cursors;

/// <summary>Any number of rows of features out of a few, without a byte allocated per row.</summary>
internal sealed class RepeatedRows : IDataView
{
    private const int Distinct = 1000;

    private readonly int _rows;
    private readonly int _width;
    private readonly float[] _values;

    public RepeatedRows(int rows, int width)
    {
        _rows = rows;
        _width = width;
        _values = SampleData.Dense(new Random(1), Distinct * width);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, width));
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [new Cursor(this)];

    private sealed class Cursor(RepeatedRows view) : CountingCursor(view.Schema, view._rows)
    {
        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => (ValueGetter<TValue>)(Delegate)(ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                var editor = VBufferEditor.Create(ref value, view._width);
                view._values.AsSpan((int)(Position % Distinct) * view._width, view._width).CopyTo(editor.Values);
                value = editor.Commit();
            });
    }
}
