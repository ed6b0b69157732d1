using MLNet.Vae.Reading;

namespace MLNet.Vae.Tests.Tables;

/// <summary>Metadata of a table that no model can have, as a file from anywhere may bring it, is refused before anything is run.</summary>
public sealed class TableCheckTests(TrainedVisits trained) : IClassFixture<TrainedVisits>
{
    public static TheoryData<string> Faults => [.. Spoilt.Keys];

    private static readonly Dictionary<string, Func<VaeTableInfo, VaeTableInfo>> Spoilt = new()
    {
        ["no columns"] = table => table with { Columns = [] },
        ["a column of null"] = table => table with { Columns = [null!] },
        ["two of one name"] = table => table with { Columns = [.. table.Columns, table.Columns[^1]] },
        ["a gap"] = table => First(table, field => field with { Start = field.Start + 1 }),
        ["too many features"] = table => First(table, field
            => field with { Categories = [.. field.Categories!, "x"], Count = field.Count + 1 }),
        ["a huge field"] = table => First(table, field => field with { Count = int.MaxValue }),
        ["categories of another number"] = table => First(table, field => field with { Categories = [.. field.Categories!, "x"] }),
        ["an empty category"] = table => First(table, field => field with { Categories = [.. field.Categories!.Skip(1), ""] }),
        ["no categories"] = table => First(table, field => field with { Categories = null }),
        ["an unknown kind"] = table => First(table, field => field with { Kind = (VaeColumnKind)99 }),
        ["bins out of order"] = table => Bins(table, bins
            => bins with { Lower = [.. bins.Lower.Reverse()], Upper = [.. bins.Upper.Reverse()] }),
        ["a bin of NaN"] = table => Bins(table, bins => bins with { Mean = [.. bins.Mean.Select(_ => double.NaN)] }),
        ["too few shares"] = table => Bins(table, bins => bins with { Share = [.. bins.Share.Skip(1)] }),
        ["a blank column of contributions"] = table => table with { ContributionsColumn = " " },
        ["a sampler without units"] = table => table with { Sampler = table.Sampler! with { Units = 0 } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Is_refused(string fault)
    {
        var info = trained.Model.Model.Info;
        Assert.Null(TableCheck.Fault(info));
        Assert.NotNull(TableCheck.Fault(info with { Table = Spoilt[fault](info.Table!) }));
        Assert.Throws<CheckException>(() => InfoCheck.Run(info with { Table = Spoilt[fault](info.Table!) }));
    }

    /// <summary>Of the column of countries.</summary>
    private static VaeTableInfo First(VaeTableInfo table, Func<VaeTableField, VaeTableField> change) => table with
    {
        Columns = [.. table.Columns.Select(column
            => column.Name != "Country" ? column : column with { Fields = [change(column.Fields[0])] })],
    };

    private static VaeTableInfo Bins(VaeTableInfo table, Func<VaeHistogram, VaeHistogram> change) => table with
    {
        Columns =
        [
            .. table.Columns.Select(column => column.Name != "Gain" ? column : column with
            {
                Fields = [column.Fields[0] with { Histogram = change(column.Fields[0].Histogram!) }],
            }),
        ],
    };
}
