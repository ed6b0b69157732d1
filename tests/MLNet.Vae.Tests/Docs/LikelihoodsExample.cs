using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class LikelihoodsExample
{
    private static readonly string[] Colours = ["red", "green", "blue"];

    [Fact]
    public void A_table_of_numbers_flags_and_categories_is_learned_column_by_column()
    {
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable(People(400));
        using var directory = new TemporaryDirectory();
        var path = directory.File("table.zip");

        var likelihood = VaeLikelihood.Mixed(
            ("Age", 1, VaeLikelihood.Gaussian),
            ("Smoker", 1, VaeLikelihood.Bernoulli),
            ("Colour", 3, VaeLikelihood.Categorical));
        var pipeline = mlContext.Transforms.Categorical.OneHotEncoding("Colour")
            .Append(mlContext.Transforms.Concatenate("Features", "Age", "Smoker", "Colour"))
            .Append(mlContext.Transforms.VaeEmbed(new VaeOptions { Likelihood = likelihood, Latent = VaeLatent.Gaussian(2) }));
        var model = pipeline.Fit(data);
        mlContext.Model.Save(model, data.Schema, path);
        foreach (var part in model.LastTransformer.Model.Info.Training!.Best.ReconstructionPerPart!)
            Console.WriteLine($"{part.Name}: {part.Nats:F2} nats");

        // Each column costs less than its entropy by itself: that of a standardised number, of a coin, and of three equally likely colours.
        var costs = model.LastTransformer.Model.Info.Training!.Best.ReconstructionPerPart!.ToDictionary(
            part => part.Name,
            part => part.Nats
        );
        Assert.InRange(costs["Age"], double.NegativeInfinity, 0.9 * Math.Log(Math.Tau * Math.E) / 2);
        Assert.InRange(costs["Smoker"], 0, 0.9 * Math.Log(2));
        Assert.InRange(costs["Colour"], 0, 0.9 * Math.Log(3));
        var expected = model.Transform(data).GetColumn<float[]>("Embedding");
        Assert.Equal(expected, mlContext.Model.Load(path, out _).Transform(data).GetColumn<float[]>("Embedding"), Near);
        model.Dispose();
    }

    private static bool Near(float[] one, float[] other) =>
        one.Zip(other).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-5 * Math.Max(1, Math.Abs(pair.First)));

    /// <summary>Whether somebody smokes, how old they are and what they like all depend on the same thing.</summary>
    private static IEnumerable<Person> People(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var kind = random.Next(3);
            return new Person
            {
                Age = (float)(30 + (15 * kind) + (4 * Trainer.Normal(random))),
                Smoker = random.NextDouble() < (kind == 0 ? 0.05 : 0.7) ? 1 : 0,
                Colour = Colours[random.NextDouble() < 0.8 ? kind : random.Next(3)],
            };
        })];
    }

    public sealed class Person
    {
        public float Age { get; set; }

        public float Smoker { get; set; }

        public string Colour { get; set; } = "";
    }
}
