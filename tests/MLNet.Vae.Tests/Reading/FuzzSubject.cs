using Microsoft.ML;
using MLNet.Vae.Cursors;
using MLNet.Vae.Graphs;
using MLNet.Vae.Interop;
using MLNet.Vae.Modules;
using MLNet.Vae.Onnx;
using MLNet.Vae.Runtime;
using MLNet.Vae.Saving;
using MLNet.Vae.Tests.Saving;

namespace MLNet.Vae.Tests.Reading;

/// <summary>A file that mutants are made of, and what its model gives for rows that are always the same.</summary>
internal sealed class FuzzSubject
{
    private const int Rows = 2;

    private static readonly MLContext Context = new(seed: 1);

    private FuzzSubject(string name, byte[] file, bool isArchive)
        => (Name, File, IsArchive, Expected) = (name, file, isArchive, Run(VaeTransformer.From(Context, Write(file))));

    public string Name { get; }

    public byte[] File { get; }

    public bool IsArchive { get; }

    public float[] Expected { get; }

    /// <summary>Where a file that is read lies.</summary>
    private static string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"mlnet-vae-fuzz-{Environment.ProcessId}");

    public static IReadOnlyList<FuzzSubject> All() =>
    [
        .. FamilyModels.All.SelectMany(model => new FuzzSubject[]
        {
            new($"{model.Key}.onnx", model.Value.ToOnnx(VaeGraph.Scorer), isArchive: false),
            new($"{model.Key}.zip", Zip(model.Value), isArchive: true),
        }),
        new("encoder.onnx", FamilyModels.All["gaussian"].ToOnnx(VaeGraph.Encoder), isArchive: false),
    ];

    public static void CleanUp() => System.IO.File.Delete(Path);

    /// <summary>What the model in a file gives.</summary>
    /// <exception cref="InvalidDataException">The file is refused.</exception>
    public static float[] Read(byte[] file) => Run(VaeTransformer.From(Context, Write(file)));

    private static string Write(byte[] file)
    {
        System.IO.File.WriteAllBytes(Path, file);
        return Path;
    }

    private static byte[] Zip(VaeModel model)
    {
        using var transformer = new VaeTransformer(Context, model, new());
        return SavedModel.Save(transformer, SavedPipeline.Schema(PipelineColumns.Inputs(model.Info)));
    }

    /// <summary>Every graph of the model, its columns and its prior.</summary>
    private static float[] Run(VaeTransformer transformer)
    {
        using (transformer)
        {
            var (model, info) = (transformer.Model, transformer.Model.Info);
            transformer.Transform(new NoRows(SavedPipeline.Schema(PipelineColumns.Inputs(info))));

            using var context = new ScoringContext(ScoringHost.Silent, model, new() { Threads = 1 }, typeof(VaeModel));
            var runs = new ModelRuns(context, info);
            var rows = Filled(info.FeatureCount);
            var conditions = info.ConditionCount == 0 ? null : Filled(info.ConditionCount);
            var codes = runs.Encode(rows, conditions);
            var found = new List<float[][]> { codes };
            if (model.IsComplete)
            {
                using var generator = VaeGenerator.From(model);
                found.Add(runs.Decode(codes, conditions));
                if (info.HasScore)
                    found.Add([runs.Scores(rows.Zip(conditions ?? [[], []], (row, c) => row.Concat(c)).SelectMany(row => row).ToArray())]);
                if (model.Computes(TensorNames.Draw))
                    found.Add(runs.Draw(codes, conditions, (_, noise) => noise.Fill(0.5f)));
                if (model.Computes(TensorNames.PriorMean))
                    found.Add(runs.Prior(codes, conditions).Mean);
                if (info.CodePrior is not null)
                    found.Add([.. generator.Sample(Rows, 1, Condition(conditions)).Latents]);
                if (model.HasDensity)
                    found.Add([[Likelihood(context, rows[0], conditions?[0], VaeProposal.Posterior)]]);
                if (model.HasDensity && model.Computes(TensorNames.LogDensity))
                    found.Add([[Likelihood(context, rows[0], conditions?[0], VaeProposal.Prior)]]);
            }
            return [.. found.SelectMany(part => part).SelectMany(values => values)];
        }
    }

    private static VaeConditionValue? Condition(float[][]? conditions) => conditions is null ? null : conditions[0];

    private static float Likelihood(ScoringContext context, float[] row, float[]? condition, VaeProposal proposal)
    {
        using var sampler = context.LikelihoodSampler(new(3, 1, proposal));
        row.CopyTo(sampler.Features);
        condition?.CopyTo(sampler.Condition);
        return sampler.Estimate(default).LogLikelihood;
    }

    /// <summary>Rows that every likelihood and condition takes: 1 in one place, 0 in all others.</summary>
    private static float[][] Filled(int width) =>
        [.. Enumerable.Range(0, Rows).Select(row => Enumerable.Range(0, width).Select(i => i == row ? 1f : 0f).ToArray())];
}
