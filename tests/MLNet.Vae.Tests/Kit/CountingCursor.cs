using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Kit;

/// <summary>A cursor over so many rows, all columns active; what the rows hold is left to the getters.</summary>
internal abstract class CountingCursor(DataViewSchema schema, long rows) : DataViewRowCursor
{
    private long _position = -1;

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema => schema;

    public override bool MoveNext() => ++_position < rows;

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);
}
