using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MLNet.Vae.Models;

namespace MLNet.Vae.Tests.Hosting.Models;

public class ReloadTests
{
    private const int Clients = 4, Swaps = 5;

    [Fact]
    public async Task Every_call_is_answered_by_the_former_model_or_the_next()
    {
        VaeModel[] models = [ServedFile.Detector(1), ServedFile.Detector(2)];
        var row = ServedFile.Row(1);
        float[] expected = [.. models.Select(model => ServedFile.ScoreOf(model, row))];
        Assert.NotEqual(expected[0], expected[1]);
        using var file = ServedFile.Of(models[0]);
        var service = file.Service;
        var former = new List<ServedModel>();
        var answers = new ConcurrentDictionary<float, int>();
        using var end = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(() =>
        {
            while (!end.IsCancellationRequested)
                answers.AddOrUpdate(service.Score(row).Score!.Value, 1, (_, count) => count + 1);
        })).ToList();

        for (var swap = 1; swap <= Swaps; swap++)
        {
            former.Add(service.Model);
            file.Write(models[swap % 2]);
            await file.Until(status => status.Reloads == swap);
            Assert.Equal(expected[swap % 2], service.Score(row).Score);
        }
        end.Cancel();
        await Task.WhenAll(clients);

        Assert.Equal(expected.Order(), answers.Keys.Order());
        Assert.All(former, model => Assert.True(model.IsReleased));
        Assert.False(service.Model.IsReleased);
        Assert.Null(service.Status.Fault);
    }

    [Fact]
    public async Task A_model_is_released_by_its_last_call()
    {
        using var file = ServedFile.Of(ServedFile.Detector(1));
        var former = file.Service.Model;
        Assert.True(former.TryEnter());
        file.Write(ServedFile.Detector(2));
        await file.Until(status => status.Reloads == 1);
        Assert.False(former.IsReleased);
        Assert.Single(former.Score(ServedFile.Row(1), isBatch: false));
        former.Leave();
        Assert.True(former.IsReleased);
        Assert.False(former.TryEnter());
    }

    [Theory]
    [InlineData("broken", "is")]
    [InlineData("wider", "column \"Features\" is Vector of 7, and was Vector of 6")]
    [InlineData("gone", "is gone")]
    public async Task A_file_that_cannot_be_served_leaves_the_model_before_it(string what, string reason)
    {
        var model = ServedFile.Detector(1);
        var row = ServedFile.Row(1);
        using var file = ServedFile.Of(model);
        var expected = file.Service.Score(row).Score;
        if (what == "broken")
            await File.WriteAllTextAsync(file.Path, "no model", TestContext.Current.CancellationToken);
        else if (what == "gone")
            File.Delete(file.Path);
        else
            file.Write(ServedFile.Detector(2, features: 7));

        await file.Until(status => status.Fault is not null);
        Assert.Contains(reason, file.Service.Status.Fault, StringComparison.Ordinal);
        Assert.Equal(expected, file.Service.Score(row).Score);
        Assert.Equal(0, file.Service.Status.Reloads);

        file.Write(ServedFile.Detector(2));
        await file.Until(status => status.Fault is null);
        Assert.NotEqual(expected, file.Service.Score(row).Score);
    }

    [Fact]
    public async Task A_program_without_its_model_does_not_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddVaeScoring(options => options.ModelPath = "nowhere.zip");
        using var host = builder.Build();
        var fault = await Assert.ThrowsAsync<FileNotFoundException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("nowhere.zip", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_of_names_are_apart()
    {
        using var one = ServedFile.Of(ServedFile.Detector(1));
        using var two = ServedFile.Of(ServedFile.Detector(2));
        var services = new ServiceCollection();
        services.AddVaeScoring("one", options => one.Configure(options));
        services.AddVaeScoring("two", options => two.Configure(options));
        using var provider = services.BuildServiceProvider();
        var row = ServedFile.Row(1);
        Assert.Equal(one.Service.Score(row), provider.GetRequiredKeyedService<VaeScoringService>("one").Score(row));
        Assert.Equal(two.Service.Score(row), provider.GetRequiredKeyedService<VaeScoringService>("two").Score(row));
    }

    [Fact]
    public void An_ended_service_says_so()
    {
        using var file = ServedFile.Of(ServedFile.Detector(1));
        var service = file.Service;
        service.Dispose();
        Assert.True(service.Model.IsReleased);
        Assert.Throws<ObjectDisposedException>(() => service.Score(ServedFile.Row(1)));
    }
}
