using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Cursors;

/// <summary>Features and a column of objects; its getter writes into the object that it is given, as image loaders do.</summary>
internal sealed class ObjectView : IDataView
{
    private readonly int _rows;

    public ObjectView(int rows)
    {
        _rows = rows;
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, SampleModels.Features));
        builder.AddColumn("Object", new BoxType());
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [new Cursor(this)];

    internal sealed class Box
    {
        public int Row { get; set; }
    }

    private sealed class BoxType() : StructuredDataViewType(typeof(Box))
    {
        public override bool Equals(DataViewType? other) => other is BoxType;
    }

    private sealed class Cursor(ObjectView view) : CountingCursor(view.Schema, view._rows)
    {
        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter =
                column.Index == 0
                    ? (ValueGetter<VBuffer<float>>)(
                        (ref VBuffer<float> value) => value = new(SampleModels.Features, new float[SampleModels.Features])
                    )
                    : (ValueGetter<Box>)((ref Box value) => (value ??= new Box()).Row = (int)Position);
            return (ValueGetter<TValue>)getter;
        }
    }
}
