using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Tables;

/// <summary>What a data frame does with nulls, on which docs/tables.md relies.</summary>
public sealed class DataFrameNullTests
{
    [Fact]
    public void A_null_of_a_whole_number_or_a_Boolean_is_read_as_0()
    {
        IDataView frame = new DataFrame(
            new Int32DataFrameColumn("int", [1, null]),
            new Int64DataFrameColumn("long", [1, null]),
            new BooleanDataFrameColumn("bool", [true, null]),
            new SingleDataFrameColumn("float", [1, null]),
            new DoubleDataFrameColumn("double", [1, null]),
            new StringDataFrameColumn("string", ["a", null]),
            new DateTimeDataFrameColumn("DateTime", [DateTime.UnixEpoch, null]));

        Assert.Equal([1, 0], frame.GetColumn<int>("int"));
        Assert.Equal([1, 0], frame.GetColumn<long>("long"));
        Assert.Equal([true, false], frame.GetColumn<bool>("bool"));
        Assert.Equal([1, float.NaN], frame.GetColumn<float>("float"));
        Assert.Equal([1, double.NaN], frame.GetColumn<double>("double"));
        Assert.Equal(["a", ""], frame.GetColumn<string>("string"));
        Assert.Equal([DateTime.UnixEpoch, default], frame.GetColumn<DateTime>("DateTime"));
    }
}
