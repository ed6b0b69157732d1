using System.Reflection;
using Microsoft.ML;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Options;

/// <summary>A number that an option cannot have is refused with one type of exception, whichever the option and the door.</summary>
public class NumericOptionTests
{
    // Any number is a seed; the parts of a mixture have names of their own, and tests of their own.
    private static readonly HashSet<string> Free = ["Seed"];

    private static readonly MLContext Context = new(seed: 1);

    /// <summary>A record of options, and how it comes into the options of a model.</summary>
    private static readonly (object Options, Func<object, VaeOptions> In)[] Models =
    [
        (new VaeOptions(), options => (VaeOptions)options),
        (new VaeTrainingOptions(), options => new() { Training = (VaeTrainingOptions)options }),
        (new VaeScoringOptions(), options => new() { Scoring = (VaeScoringOptions)options }),
        (new VaeObjective(), options => new() { Objective = (VaeObjective)options }),
        (new VaeCapacity(1, 1), options => new() { Objective = new() { Capacity = (VaeCapacity)options } }),
        .. new VaeArchitecture[]
        {
            VaeArchitecture.Mlp(), VaeArchitecture.Convolutional(8, 8), VaeArchitecture.Convolutional1D(8), VaeArchitecture.Recurrent(8),
            VaeArchitecture.Sequence(),
        }.Select(Architecture),
        .. new VaeLatent[]
        {
            VaeLatent.Gaussian(2), VaeLatent.Deterministic(2), VaeLatent.GaussianMixture(2, 2), VaeLatent.VectorQuantized(4, 2),
            VaeLatent.Hierarchical(2, 2),
        }.Select(Latent),
        .. new VaeLikelihood[] { VaeLikelihood.GaussianWithSigma(1), VaeLikelihood.StudentT(2), VaeLikelihood.Sequence(4) }
            .Select(Likelihood),
        .. new VaeCorruption[] { VaeCorruption.GaussianNoise(1), VaeCorruption.Masking(0.5), VaeCorruption.SaltAndPepper(0.5) }
            .Select(Corruption),
    ];

    public static TheoryData<string, string> Numbers
    {
        get
        {
            var numbers = new TheoryData<string, string>();
            foreach (var (options, _) in Models)
            {
                foreach (var number in NumbersOf(options))
                    numbers.Add(options.GetType().Name, number.Name);
            }
            return numbers;
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Of_a_model_to_be_trained(string record, string number)
    {
        var (options, inModel) = Models.Single(model => model.Options.GetType().Name == record);
        var error = Record.Exception(() => Context.Transforms.VaeEmbed(inModel(Spoilt(options, number))));
        Assert.IsType<ArgumentException>(error);
        Assert.Contains(number, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.True(error.Data.Contains(Refusal.Mark));
    }

    [Theory]
    [InlineData(nameof(VaeScoringOptions.BlockSize))]
    [InlineData(nameof(VaeScoringOptions.Threads))]
    [InlineData(nameof(VaeScoringOptions.GpuDeviceId))]
    public void Of_scoring_at_every_door(string number)
    {
        var spoilt = (VaeScoringOptions)Spoilt(new VaeScoringOptions(), number);
        var model = SampleModels.Create(SampleModels.AllColumns);
        using var transformer = new VaeTransformer(Context, model, new());
        Action[] doors =
        [
            () => transformer.WithScoring(spoilt),
            () => VaeTransformer.From(Context, transformer, spoilt),
            () => VaeGenerator.From(model, spoilt),
        ];
        Assert.All(doors, door => Assert.IsType<ArgumentException>(Record.Exception(door)));
    }

    [Theory]
    [InlineData(nameof(VaeReportOptions.RowLimit))]
    [InlineData(nameof(VaeReportOptions.WorstRows))]
    [InlineData(nameof(VaeReportOptions.Reconstructions))]
    public void Of_a_report(string number)
    {
        using var transformer = new VaeTransformer(Context, SampleModels.Create(SampleModels.AllColumns), new());
        var error = Record.Exception(() => VaeReport.Create(
            Context, transformer, SampleData.View(Context, SampleData.Rows(3)), (VaeReportOptions)Spoilt(new VaeReportOptions(), number)));
        Assert.IsType<ArgumentException>(error);
        Assert.True(error.Data.Contains(Refusal.Mark));
    }

    [Fact]
    public void Of_a_contamination() => Assert.IsType<ArgumentException>(
        Record.Exception(() => Context.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions { Contamination = double.NaN })));

    private static (object, Func<object, VaeOptions>) Architecture(VaeArchitecture architecture)
        => (architecture, options => new() { Architecture = (VaeArchitecture)options });

    private static (object, Func<object, VaeOptions>) Latent(VaeLatent latent)
        => (latent, options => new() { Latent = (VaeLatent)options });

    private static (object, Func<object, VaeOptions>) Likelihood(VaeLikelihood likelihood)
        => (likelihood, options => new() { Likelihood = (VaeLikelihood)options });

    private static (object, Func<object, VaeOptions>) Corruption(VaeCorruption corruption)
        => (corruption, options => new() { Corruption = (VaeCorruption)options });

    private static IEnumerable<PropertyInfo> NumbersOf(object options)
        => options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is not null && !Free.Contains(property.Name) && Impossible(property) is not null);

    /// <summary>A copy with one number that no option allows.</summary>
    private static object Spoilt(object options, string number)
    {
        var copy = options.GetType().GetMethod("<Clone>$")!.Invoke(options, null)!;
        var property = options.GetType().GetProperty(number)!;
        property.SetValue(copy, Impossible(property));
        return copy;
    }

    private static object? Impossible(PropertyInfo property)
        => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
        {
            var type when type == typeof(double) => double.NaN,
            var type when type == typeof(int) => int.MinValue,
            var type when type == typeof(long) => long.MinValue,
            var type when type == typeof(TimeSpan) => TimeSpan.MinValue,
            _ => null,
        };
}
