using Microsoft.Extensions.DependencyInjection;
using MLNet.Vae.Models;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Orleans.Jobs;

public sealed class JobTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private ScoringCluster Cluster => silos.Cluster;

    [Fact]
    public async Task Parts_that_silos_score_are_what_one_process_writes()
    {
        var (rows, scores) = Cluster.Rows("rows.csv", 5_003);
        var job = Cluster.Job(VaePartition.OfText(rows, 7));
        var status = await Over(await Cluster.Jobs.Submit(job));

        Assert.Equal((VaeJobState.Done, 7, 7, 0, 5_003L), (status.State, status.Partitions, status.Done, status.Failed, status.Rows));
        Assert.Equal(scores, ScoringCluster.Joined(job));
        Assert.Equal(7, Directory.GetFileSystemEntries(job.OutputFolder).Length);
    }

    [Fact]
    public async Task A_job_that_is_submitted_twice_is_one()
    {
        var job = Cluster.Job([Numbers(10), Numbers(11)], "twice") with { Reader = "counted" };
        var first = await Cluster.Jobs.Submit(job);
        await Over(first);
        var again = await Cluster.Jobs.Submit(job with { Partitions = [.. job.Partitions] });

        Assert.Equal((first.Id, VaeJobState.Done, 21L), (again.Id, again.State, again.Rows));
        Assert.Equal([10L, 11L], Cluster.Numbers.Asked.Select(partition => partition.From).Order());
        var other = await Assert.ThrowsAsync<ArgumentException>(
            () => Cluster.Jobs.Submit(job with { Id = first.Id, Partitions = [Numbers(3)] }));
        Assert.Equal(
            $"There is a job \"{first.Id}\" already, and it asks for something else: expected the same, found another model, other "
                + "partitions, or other results. Give the job another name.",
            other.Message);
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_and_taken_up_again()
    {
        var (rows, scores) = Cluster.Rows("good.csv", 40);
        File.WriteAllText(Cluster.File("narrow.csv"), "1,2,3,4,5,6\n1,2,3\n");
        File.WriteAllText(Cluster.File("text.csv"), "1,2,3,4,5,six\n");
        var job = Cluster.Job(
            [
                .. new[] { "gone.csv", "good.csv", "narrow.csv", "text.csv" }
                    .Select(name => new VaePartition { Source = Cluster.File(name) }),
            ],
            "failures");
        var status = await Over(await Cluster.Jobs.Submit(job));

        Assert.Equal((VaeJobState.DoneWithFailures, 1, 3, 40L), (status.State, status.Done, status.Failed, status.Rows));
        Assert.Equal([0, 2, 3], status.Faults.Select(fault => fault.Index));
        Assert.Contains("gone.csv", status.Faults[0].Message, StringComparison.Ordinal);
        Assert.Equal(
            $"'{Cluster.File("narrow.csv")}', line that begins at byte 12: expected 6 numbers separated by commas, found 3. Give the "
                + "features of training, in their order and units.",
            status.Faults[1].Message);
        Assert.Equal(
            $"'{Cluster.File("text.csv")}', line that begins at byte 0: expected a number in column 6, found \"six\". Give the features of "
                + "training, in their order and units.",
            status.Faults[2].Message);
        Assert.Equal(["part-00001.csv"], Directory.GetFiles(job.OutputFolder).Select(Path.GetFileName));
        Assert.Equal(scores, File.ReadAllText(job.OutputPath(1)));

        foreach (var name in new[] { "gone.csv", "narrow.csv", "text.csv" })
            File.Copy(rows, Cluster.File(name), overwrite: true);
        status = await Over(await Cluster.Jobs.Resume(status.Id));
        Assert.Equal((VaeJobState.Done, 4, 160L), (status.State, status.Done, status.Rows));
        Assert.Equal(string.Concat(Enumerable.Repeat(scores, 4)), ScoringCluster.Joined(job));
    }

    [Fact]
    public async Task A_row_without_a_score_fails_its_partition_or_is_NaN()
    {
        File.WriteAllText(Cluster.File("nan.csv"), "1,2,3,4,5,6\n1,2,NaN,4,5,6\n");
        var job = Cluster.Job([new() { Source = Cluster.File("nan.csv") }], "nan");
        var status = await Over(await Cluster.Jobs.Submit(job));
        Assert.StartsWith(
            "Row 1 of the partition (counted from 0), by itself: ", Assert.Single(status.Faults).Message, StringComparison.Ordinal);

        job = job with { NonFiniteInput = NonFiniteHandling.ReturnNaN, Outputs = VaeJobOutputs.Score | VaeJobOutputs.PredictedLabel };
        Assert.Equal(VaeJobState.Done, (await Over(await Cluster.Jobs.Submit(job))).State);
        Assert.Equal("NaN,1", File.ReadAllLines(job.OutputPath(0))[1]);
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_fails_its_partition()
    {
        File.WriteAllText(Cluster.File("taken"), "a file, no folder");
        var job = Cluster.Job([Numbers(5)], "taken") with { Reader = "counted" };
        var status = await Over(await Cluster.Jobs.Submit(job));
        Assert.Equal(VaeJobState.DoneWithFailures, status.State);
        Assert.StartsWith(
            $"The result of a partition could not be written to '{job.OutputPath(0)}'", status.Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_none_is_refused_at_once()
    {
        var job = Cluster.Job([Numbers(5)]) with { Reader = "counted", ModelPath = Cluster.File("absent.onnx") };
        var absent = await Assert.ThrowsAsync<FileNotFoundException>(() => Cluster.Jobs.Submit(job));
        Assert.Contains("absent.onnx", absent.Message, StringComparison.Ordinal);

        File.WriteAllBytes(Cluster.File("newer.onnx"), Newer(File.ReadAllBytes(Cluster.ModelPath)));
        var newer = await Assert.ThrowsAsync<InvalidDataException>(
            () => Cluster.Jobs.Submit(job with { ModelPath = Cluster.File("newer.onnx") }));
        Assert.Contains("expected format version", newer.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Cluster.Jobs.GetStatus("nobody"));
    }

    [Fact]
    public async Task Another_model_in_its_place_fails_what_is_left()
    {
        var path = Cluster.File("changing.onnx");
        File.Copy(Cluster.ModelPath, path);
        var source = new VaePartition { Source = Cluster.File("late.csv") };
        var job = Cluster.Job([source], "changed") with { ModelPath = path };
        var status = await Over(await Cluster.Jobs.Submit(job));
        Assert.Equal(VaeJobState.DoneWithFailures, status.State);

        // Other jobs drive the former out of what the silos have loaded.
        using (var file = File.Create(path))
            SampleModels.Create(SampleModels.DetectionColumns, seed: 2).ExportOnnx(VaeGraph.Scorer, file);
        File.WriteAllText(source.Source, "1,2,3,4,5,6\n");
        foreach (var silo in Cluster.Silos.Silos)
            Cluster.Silos.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<SharedModels>().Dispose();
        status = await Over(await Cluster.Jobs.Resume(status.Id));
        Assert.Equal(
            $"'{path}': expected the model that the job began with, found another. Put the former back, or submit a job anew.",
            Assert.Single(status.Faults).Message);
        Assert.Equal(VaeJobState.Done, (await Over(await Cluster.Jobs.Submit(job with { Id = "anew" }))).State);
    }

    [Fact]
    public async Task Nothing_outside_the_folders_is_opened()
    {
        using var outside = new TemporaryDirectory();
        File.Copy(Cluster.ModelPath, outside.File("model.onnx"));
        File.WriteAllText(outside.File("rows.csv"), "1,2,3,4,5,6\n");
        Directory.CreateSymbolicLink(Cluster.File("link"), outside.Path);
        var job = new VaeJob
        {
            ModelPath = outside.File("model.onnx"),
            Partitions = [new() { Source = Path.Combine(Cluster.File("link"), "rows.csv") }],
            OutputFolder = Path.Combine(Cluster.Folder, "..", Path.GetFileName(outside.Path), "scores"),
        };
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => Cluster.Jobs.Submit(job));
        const string outsideText = "expected a path in a folder that the silos allow, found one outside. Move it there, or add its "
            + "folder to VaeClusterOptions.AllowedFolders.";
        Assert.Equal(
            $"The job cannot be scored like this, 3 faults:\n- '{job.ModelPath}': {outsideText}\n- '{job.OutputFolder}': {outsideText}\n"
                + $"- '{job.Partitions[0].Source}': {outsideText}",
            fault.Message);
        Assert.Equal(["model.onnx", "rows.csv"], outside.Names("*"));
    }

    [Fact]
    public async Task All_faults_of_a_job_are_said_at_once()
    {
        var job = new VaeJob
        {
            ModelPath = "",
            OutputFolder = " ",
            Partitions = [new() { Source = "" }, new() { Source = "rows.csv", From = 9, To = 3 }],
            Outputs = VaeJobOutputs.None,
        };
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => Cluster.Jobs.Submit(job));
        Assert.Equal(
            """
            The job cannot be scored like this, 5 faults:
            - ModelPath must name a model file, but is empty
            - OutputFolder must name a folder, but is empty
            - Partitions[0] must have a source, but has none
            - Partitions[1] must be a range, but is 'rows.csv' from 9 to 3
            - Outputs must be one or more of Score, PredictedLabel, PValue, Embedding, Contributions, but is None
            """.ReplaceLineEndings("\n"),
            fault.Message);
        job = Cluster.Job([Numbers(1)]) with { Reader = "nobody's" };
        fault = await Assert.ThrowsAsync<ArgumentException>(() => Cluster.Jobs.Submit(job));
        Assert.Contains("expected the name of a partition reader", fault.Message, StringComparison.Ordinal);
        fault = await Assert.ThrowsAsync<ArgumentException>(
            () => Cluster.Jobs.Submit(job with { Reader = "counted", Outputs = VaeJobOutputs.PValue }));
        Assert.Contains("PValue needs calibration scores, which the model has not", fault.Message, StringComparison.Ordinal);
    }

    private Task<VaeJobStatus> Over(VaeJobStatus status)
        => Cluster.Jobs.Wait(status.Id, cancellation: TestContext.Current.CancellationToken);

    private static VaePartition Numbers(int rows) => new() { Source = "numbers", From = rows };

    /// <summary>The same file, of a format that is to come.</summary>
    private static byte[] Newer(byte[] onnx)
    {
        var key = "mlnetvae.format"u8;
        var at = onnx.AsSpan().IndexOf(key);
        Assert.True(at > 0);
        onnx[at + key.Length + 2] = (byte)'9';
        return onnx;
    }
}
