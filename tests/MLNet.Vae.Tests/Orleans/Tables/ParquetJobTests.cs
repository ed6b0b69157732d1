using System.Globalization;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Tables;
using Parquet.Serialization;

namespace MLNet.Vae.Tests.Orleans.Tables;

public sealed class ParquetJobTests(VisitModel visits) : IClassFixture<VisitModel>
{
    [Fact]
    public async Task Row_groups_of_a_table_score_as_in_one_process()
    {
        var partitions = VaePartition.OfParquet(await Parquet("visits.parquet", Records(visits.Rows), 200));
        Assert.Equal([(0L, 1L), (1L, 2L), (2L, 3L), (3L, 4L), (4L, 5L), (5L, 6L)], partitions.Select(part => (part.From, part.To)));
        var job = visits.Job(partitions, "groups") with { Reader = VaeJob.ParquetReader };
        var status = await visits.Run(job);
        Assert.Empty(status.Faults);
        Assert.Equal((VaeJobState.Done, 1_001L), (status.State, status.Rows));
        Assert.Equal(visits.Scores(visits.Rows), ScoringCluster.Joined(job));

        var wider = visits.Job(VaePartition.OfParquet(partitions[0].Source, rowGroups: 4), "wider") with { Reader = VaeJob.ParquetReader };
        Assert.Equal((VaeJobState.Done, 2), await visits.Run(wider) is var other ? (other.State, other.Partitions) : default);
        Assert.Equal(ScoringCluster.Joined(job), ScoringCluster.Joined(wider));
    }

    [Fact]
    public async Task A_damaged_file_and_one_of_another_table_are_named_and_the_others_go_on()
    {
        var good = await Parquet("good.parquet", Records(visits.Rows.Take(50)), 50);
        var bytes = await File.ReadAllBytesAsync(good, Cancellation);
        await File.WriteAllBytesAsync(visits.Cluster.File("cut.parquet"), bytes[..(bytes.Length / 2)], Cancellation);
        var torn = bytes.ToArray();
        torn.AsSpan(4, bytes.Length / 2).Fill(0xA5);
        await File.WriteAllBytesAsync(visits.Cluster.File("torn.parquet"), torn, Cancellation);
        await Parquet("other.parquet", [new Other { Country = 3, Age = "old" }], 1);
        var files = new[] { "cut", "torn", "other", "good" }.Select(name => visits.Cluster.File($"{name}.parquet"));
        var partitions = files.SelectMany(file => VaePartition.OfParquet(file)).ToList();
        var job = visits.Job(partitions, "damaged") with { Reader = VaeJob.ParquetReader };
        var status = await visits.Run(job);

        Assert.Equal((VaeJobState.DoneWithFailures, 1, 50L), (status.State, status.Done, status.Rows));
        Assert.Equal([0, 1, 2], status.Faults.Select(fault => fault.Index));
        foreach (var (fault, name) in status.Faults.Zip(["cut", "torn"]))
        {
            Assert.StartsWith(
                $"'{visits.Cluster.File($"{name}.parquet")}': expected a Parquet file, found one that cannot be read as such: ",
                fault.Message, StringComparison.Ordinal);
        }
        Assert.StartsWith(
            $"'{visits.Cluster.File("other.parquet")}': column \"Country\": expected a text, found numbers; column \"Age\": expected a "
                + "finite number, found texts; column \"Amount\" is missing: expected a finite number;",
            status.Faults[2].Message, StringComparison.Ordinal);
        Assert.Equal(visits.Scores(visits.Rows.Take(50)), File.ReadAllText(job.OutputPath(3)));
    }

    [Fact]
    public async Task Features_are_a_column_of_lists_or_a_column_each()
    {
        var cluster = visits.Cluster;
        var (text, scores) = cluster.Rows("features.csv", 300);
        var rows = (await File.ReadAllLinesAsync(text, Cancellation))
            .Select(line => line.Split(',').Select(number => float.Parse(number, CultureInfo.InvariantCulture)).ToList());
        var lists = await Parquet("lists.parquet", rows.Select(row => new Listed { Features = row }), 100);
        var job = cluster.Job(VaePartition.OfParquet(lists), "lists") with { Reader = VaeJob.ParquetReader };
        var status = await visits.Run(job);
        Assert.Empty(status.Faults);
        Assert.Equal(scores, ScoringCluster.Joined(job));

        using (var file = File.Create(cluster.File("named.onnx")))
        {
            SampleModels.Create(SampleModels.DetectionColumns, featureNames: ["a", "b", "c", "d", "e", "f"])
                .ExportOnnx(VaeGraph.Scorer, file);
        }
        var columns = await Parquet(
            "columns.parquet",
            rows.Select(row => new Wide { f = row[5], a = row[0], b = row[1], c = row[2], d = row[3], e = row[4] }), 100);
        job = cluster.Job(VaePartition.OfParquet(columns), "columns") with
        {
            Reader = VaeJob.ParquetReader,
            ModelPath = cluster.File("named.onnx"),
        };
        Assert.Empty((await visits.Run(job)).Faults);
        Assert.Equal(scores, ScoringCluster.Joined(job));
    }

    [Fact]
    public async Task A_list_of_another_length_is_named()
    {
        var path = await Parquet("short.parquet", [new Listed { Features = [1, 2, 3, 4, 5, 6] }, new() { Features = [1, 2] }], 10);
        var job = visits.Cluster.Job(VaePartition.OfParquet(path), "short") with { Reader = VaeJob.ParquetReader };
        Assert.Equal(
            $"'{path}', row 1 of row group 0 (both counted from 0): column \"Features\": expected a list of 6 numbers, found one of 2. "
                + "Mend the row, or leave the value out (null) where it is missing.",
            Assert.Single((await visits.Run(job)).Faults).Message);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static IEnumerable<Record> Records(IEnumerable<Visit> rows) => rows.Select(row => new Record
    {
        Gain = row.Gain,
        Note = row.Note,
        Country = row.Country.Length == 0 ? null : row.Country,
        Age = float.IsNaN(row.Age) ? null : row.Age,
        Amount = double.IsNaN(row.Amount) ? null : row.Amount,
        Member = row.Member,
        Visits = row.Visits,
        Since = row.Since,
    });

    private async Task<string> Parquet<T>(string name, IEnumerable<T> rows, int rowGroup)
    {
        await using var file = File.Create(visits.Cluster.File(name));
        await ParquetSerializer.SerializeAsync(rows, file, new() { RowGroupSize = rowGroup }, cancellationToken: Cancellation);
        return file.Name;
    }

    internal sealed class Record
    {
        public float Gain { get; set; }

        public string? Note { get; set; }

        public string? Country { get; set; }

        public float? Age { get; set; }

        public double? Amount { get; set; }

        public bool Member { get; set; }

        public int Visits { get; set; }

        public DateTime Since { get; set; }
    }

    internal sealed class Other
    {
        public int Country { get; set; }

        public string? Age { get; set; }
    }

    internal sealed class Listed
    {
        public List<float> Features { get; set; } = [];
    }

    internal sealed class Wide
    {
        public float f { get; set; }

        public float a { get; set; }

        public float b { get; set; }

        public float c { get; set; }

        public float d { get; set; }

        public float e { get; set; }
    }
}
