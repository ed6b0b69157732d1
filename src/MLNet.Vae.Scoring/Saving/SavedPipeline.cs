using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;
using MLNet.Vae.Cursors;
using MLNet.Vae.Graphs;
using MLNet.Vae.Interop;
using MLNet.Vae.NativeLibraries;

namespace MLNet.Vae.Saving;

/// <summary>A transformer as a chain of stock ML.NET transformers: what is written to a model.zip.</summary>
internal static class SavedPipeline
{
    /// <param name="environment">Whose log is used.</param>
    /// <param name="model">What is saved.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="fills">
    /// Whether it is to fill what is missing, which no stock transformer does: it then loads by <c>From</c> alone.
    /// </param>
    public static void Save(IHostEnvironment environment, VaeModel model, ModelSaveContext destination, bool fills = false)
    {
        Made(environment, model, pipeline => ((ICanSaveModel)Marked(pipeline, fills)).Save(destination));
    }

    /// <summary>The kinds of the stock transformers that a model is saved as, chains taken apart.</summary>
    public static Type[] StepsOf(VaeModel model)
    {
        Type[] steps = [];
        Made(new MLContext(), model, pipeline => steps = [.. ModelFinder.Flatten(pipeline).Select(step => step.GetType())]);
        return steps;
    }

    private static void Made(IHostEnvironment environment, VaeModel model, Action<ITransformer> use)
    {
        // ML.NET writes the graph to a file that it leaves behind.
        var temporary = Directory.CreateTempSubdirectory("MLNet.Vae-").FullName;
        try
        {
            var pipeline = OnnxRuntimeLibrary.Translate(
                new MLNetHost(environment),
                () => SavedTable.CanRead(model.Info) ? SavedTable.Create(model, temporary) : Create(model, temporary));
            try
            {
                use(pipeline);
            }
            finally
            {
                (pipeline as IDisposable)?.Dispose();
            }
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static ITransformer Marked(ITransformer pipeline, bool fills) => fills
        ? new TransformerChain<ITransformer>(
            pipeline, ImputationMark.Of(new MLContext()).Fit(new NoRows(new DataViewSchema.Builder().ToSchema())))
        : pipeline;

    /// <summary>
    /// Inputs that are no vectors are made vectors first; vector columns come straight from ONNX, keys by way of a stock mapping, score,
    /// label and p-value by way of <see cref="StockScalars"/> or, where they are called otherwise than ML.NET's, of
    /// <see cref="DetectionMapping"/> and <see cref="PValueMapping"/>. Columns that are there in between are dropped at the end.
    /// </summary>
    /// <param name="model">What is to be saved.</param>
    /// <param name="temporary">A folder for what ML.NET writes on the way, which the transformer reads as long as it lives.</param>
    public static ITransformer Create(VaeModel model, string temporary)
    {
        var (mlContext, info) = (new MLContext { TempFilePath = temporary }, model.Info);
        var inputs = PipelineColumns.Inputs(info);
        string[] vectors = [.. ModelOutputs.Saved(info).Select(vector => vector.Column)];
        var (detection, hasPValue) = (ModelOutputs.SaveDetection(info.Columns), ModelOutputs.SavePValue(info.Columns));
        var (hasClass, isStock) = (ModelOutputs.SaveClass(info.Columns), ModelOutputs.SaveStock(info.Columns));
        string[] scalars =
        [
            .. hasClass ? [PipelineColumns.ClassVector] : Array.Empty<string>(),
            .. detection ? [PipelineColumns.Detection] : Array.Empty<string>(),
            .. isStock ? [PipelineColumns.LabelVector] : Array.Empty<string>(),
            .. hasPValue ? [PipelineColumns.PValueVector] : Array.Empty<string>(),
        ];
        List<string> between = [.. inputs.Where(input => input.Name != input.Column).Select(input => input.Name)];
        using var graph = new MemoryStream(model.ToPipelineOnnx(), writable: false);
        List<IEstimator<ITransformer>> parts =
        [
            .. inputs.SelectMany(input => AsVector(mlContext, input)),
            mlContext.Transforms.ApplyOnnxModel([.. vectors, .. scalars], [.. inputs.Select(input => input.Name)], graph),
        ];
        if (isStock)
        {
            parts.AddRange(StockScalars.Of(mlContext, hasPValue));
            between.AddRange(
                [PipelineColumns.Detection, PipelineColumns.LabelVector, PipelineColumns.Score, PipelineColumns.Label]);
            if (hasPValue)
                between.AddRange([PipelineColumns.PValueVector, PipelineColumns.PValue]);
        }
        if (detection && !isStock)
        {
            parts.Add(mlContext.Transforms.CustomMapping(new DetectionMapping().GetMapping(), DetectionMapping.Contract));
            between.AddRange([PipelineColumns.Detection, PipelineColumns.Score, PipelineColumns.Label]);
        }
        if (hasPValue && !isStock)
        {
            parts.Add(mlContext.Transforms.CustomMapping(new PValueMapping().GetMapping(), PValueMapping.Contract));
            between.AddRange([PipelineColumns.PValueVector, PipelineColumns.PValue]);
        }
        if (hasClass)
        {
            var names = ClassNames(mlContext, ModelOutputs.ClassNames(info));
            parts.Add(mlContext.Transforms.CustomMapping(new ClassMapping().GetMapping(), ClassMapping.Contract));
            parts.Add(mlContext.Transforms.Conversion.MapValue(
                PipelineColumns.ClassName,
                names,
                names.Schema[nameof(ClassRow.Number)],
                names.Schema[nameof(ClassRow.Name)],
                PipelineColumns.ClassNumber));
            between.AddRange([PipelineColumns.ClassVector, PipelineColumns.ClassNumber, PipelineColumns.ClassName]);
        }
        foreach (var column in OutputColumns.Of(info))
        {
            if (column.Output.SavedFrom == PipelineColumns.ClassNumber)
            {
                var names = ClassNames(mlContext, ModelOutputs.ClassNames(info));
                parts.Add(mlContext.Transforms.Conversion.MapValueToKey(
                    column.Name,
                    PipelineColumns.ClassName,
                    addKeyValueAnnotationsAsText: true,
                    keyData: mlContext.Transforms.SelectColumns(nameof(ClassRow.Name)).Fit(names).Transform(names)));
            }
            else if (column.Output.IsScalar)
            {
                parts.Add(mlContext.Transforms.CopyColumns(column.Name, column.Output.SavedFrom!));
            }
            else if (column.Output.SavedFrom is { } from)
            {
                parts.Add(mlContext.Transforms.Conversion.MapValueToKey(
                    column.Name, from, addKeyValueAnnotationsAsText: true, keyData: CodeNumbers(mlContext, info.CodebookSize)));
                between.Add(from);
            }
        }
        if (between.Count > 0)
        {
            parts.Add(mlContext.Transforms.DropColumns([.. between]));
        }

        return Fitted(parts, new NoRows(Schema(inputs)));
    }

    // One by one: a chain of estimators would ask each for a shape first, and what comes of no rows needs none.
    private static ITransformer Fitted(IEnumerable<IEstimator<ITransformer>> parts, IDataView view)
    {
        var fitted = new List<ITransformer>();
        foreach (var part in parts)
        {
            fitted.Add(part.Fit(view));
            view = fitted[^1].Transform(view);
        }

        return fitted.Count == 1 ? fitted[0] : new TransformerChain<ITransformer>([.. fitted]);
    }

    /// <summary>What makes an input a vector, where it is none.</summary>
    private static IEnumerable<IEstimator<ITransformer>> AsVector(MLContext mlContext, PipelineInput input)
    {
        switch (input.Kind)
        {
            // No stock transformer gives the numbers of a sequence's keys: the graph makes them of one-hot vectors.
            case VaeInputKind.Key or VaeInputKind.Sequence:
                yield return mlContext.Transforms.Conversion.MapKeyToVector(input.Name, input.Column);
                break;
            case VaeInputKind.Boolean:
                yield return mlContext.Transforms.Conversion.ConvertType(input.Name, input.Column, DataKind.Single);
                yield return mlContext.Transforms.Concatenate(input.Name, input.Name);
                break;
            case var kind when input.ItemType is not null:
                yield return mlContext.Transforms.Conversion.ConvertType(input.Name, input.Column, DataKind.Single);
                if (kind == VaeInputKind.Scalar)
                    yield return mlContext.Transforms.Concatenate(input.Name, input.Name);
                break;
            case VaeInputKind.Scalar:
                yield return mlContext.Transforms.Concatenate(input.Name, input.Column);
                break;
        }
    }

    /// <summary>The numbers of a codebook's entries in order: the keys that they become count from 1.</summary>
    private static IDataView CodeNumbers(MLContext mlContext, int count)
        => mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(number => new NumberRow { Number = number }));

    /// <summary>What the classes are called, in their order.</summary>
    private static IDataView ClassNames(MLContext mlContext, IReadOnlyList<string> names)
        => mlContext.Data.LoadFromEnumerable(names.Select((name, number) => new ClassRow { Number = number, Name = name }));

    // The chain is fitted to no rows: none of its parts learns anything, but each checks the schema.
    internal static DataViewSchema Schema(IEnumerable<PipelineInput> inputs)
    {
        var schema = new DataViewSchema.Builder();
        foreach (var input in inputs)
        {
            schema.AddColumn(input.Column, input.Kind switch
            {
                VaeInputKind.Key => new KeyDataViewType(typeof(uint), input.Width),
                VaeInputKind.Sequence =>
                    new VectorDataViewType(new KeyDataViewType(typeof(uint), input.Tokens), input.Width),
                VaeInputKind.Boolean => BooleanDataViewType.Instance,
                VaeInputKind.Scalar => ItemTypes.Named(input.ItemType),
                _ => new VectorDataViewType(ItemTypes.Named(input.ItemType), input.Width),
            });
        }

        return schema.ToSchema();
    }

    internal sealed class ClassRow
    {
        public float Number { get; set; }

        public string Name { get; set; } = "";
    }

    internal sealed class NumberRow
    {
        public float Number { get; set; }
    }
}
