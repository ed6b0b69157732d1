using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Onnx;

[assembly: Loadable("OnnxTransform", typeof(OnnxTransformer))]

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Runs an ONNX model on one row at a time.</summary>
public sealed class OnnxTransformer : RowToRowTransformerBase, IDisposable
{
    private const string ModelEntry = "OnnxModel";
    private const string OutputSuffix = ".output";

    private bool _disposed;

    internal OnnxTransformer(IHostEnvironment env, string[] outputs, string[] inputs, byte[] model, int? gpuDeviceId, bool fallbackToCpu)
        : base(env.Register(nameof(OnnxTransformer)))
    {
        foreach (var name in inputs)
            Host.CheckNonEmpty(name, "InputColumns");
        foreach (var name in outputs)
            Host.CheckNonEmpty(name, "OutputColumns");
        try
        {
            Model = new OnnxModel(model, gpuDeviceId, fallbackToCpu);
        }
        catch (OnnxRuntimeException e)
        {
            throw Host.Except($"Error initializing model :{e}", e);
        }
        Inputs = inputs.Length > 0 ? inputs : [.. Model.Inputs.Keys];
        Outputs = outputs.Length > 0 ? outputs : [.. Model.Outputs.Keys];
        foreach (var name in Outputs)
            Host.CheckParam(Model.Output(name).Type is VectorDataViewType { ItemType: NumberDataViewType item } && item == NumberDataViewType.Single, nameof(name), "The stand-in gives vectors of Single.");
    }

    internal OnnxModel Model { get; }
    internal string[] Inputs { get; }
    internal string[] Outputs { get; }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Model.Dispose();
    }

    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext context)
    {
        var settings = (IHostEnvironmentInternal)env;
        var (inputs, outputs) = (context.ReadStrings(), context.ReadStrings());
        return new OnnxTransformer(env, outputs, inputs, context.LoadBytes(ModelEntry), settings.GpuDeviceId, settings.FallbackToCpu);
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.Sign("OnnxTransform", typeof(OnnxTransformer));
        ctx.SaveBytes(ModelEntry, Model.Bytes);
        ctx.Write(Inputs);
        ctx.Write(Outputs);
    }

    private protected override RowMapping Map(DataViewSchema inputSchema) => new Mapping(this, inputSchema);

    private sealed class Mapping : RowMapping
    {
        private readonly OnnxTransformer _parent;
        private readonly DataViewSchema.Column[] _sources;

        public Mapping(OnnxTransformer parent, DataViewSchema schema)
        {
            _parent = parent;
            _sources = [.. parent.Inputs.Select(name => Check(schema, name))];
        }

        public override DataViewSchema.DetachedColumn[] Outputs => [.. _parent.Outputs.Select(Output)];

        public override IEnumerable<int> Needs(Func<int, bool> active)
            => Enumerable.Range(0, _parent.Outputs.Length).Any(active) ? _sources.Select(source => source.Index) : [];

        public override Delegate[] Getters(DataViewRow input, Func<int, bool> active, out Action disposer)
        {
            var wanted = _parent.Outputs.Where((_, i) => active(i)).ToArray();
            var run = new Run(_parent.Model.Session, input, wanted.Length == 0 ? [] : [.. _sources.Select(source => Reader(input, source))], wanted);
            disposer = run.Dispose;
            return [.. _parent.Outputs.Select((name, i) => active(i) ? Getter(run, name) : null)];
        }

        private DataViewSchema.Column Check(DataViewSchema schema, string name)
        {
            var node = _parent.Model.Input(name);
            if (node.Shape.Count(size => size == 0) > 1)
                throw new ArgumentOutOfRangeException(name, "Only 1 unknown dimension is allowed");
            var source = schema.Find(_parent.Host, "input", name);
            if (source.Type.GetItemType() != node.ItemType)
                throw _parent.Host.ExceptColumn("inputSchema", "input", name, node.ItemType.ToString(), source.Type.ToString());
            if (source.Type is not VectorDataViewType { Size: var length } || node.ItemType != NumberDataViewType.Single)
                throw _parent.Host.ExceptParam("inputSchema", "The stand-in takes vectors of Single.");
            Contracts.Check(null, node.Shape.Contains(0) || length % node.Shape.Aggregate(1, (a, b) => a * b) == 0,
                $"Input shape mismatch: Input '{name}' has shape {string.Join(",", node.Shape)}, but input data is of length {length}.");
            return source;
        }

        private DataViewSchema.DetachedColumn Output(string name)
        {
            var column = name.EndsWith(OutputSuffix, StringComparison.Ordinal) ? name.Replace(OutputSuffix, "", StringComparison.Ordinal) : name;
            var annotations = AnnotationKinds.Of(builder =>
            {
                if (_parent.Model.SlotNames.TryGetValue(column, out var names))
                    builder.AddSlotNames(names);
            });
            return new DataViewSchema.DetachedColumn(column, _parent.Model.Output(name).Type, annotations);
        }

        private Func<NamedOnnxValue> Reader(DataViewRow input, DataViewSchema.Column source)
        {
            var get = input.GetGetter<VBuffer<float>>(source);
            var shape = _parent.Model.Input(source.Name).Shape;
            VBuffer<float> value = default;
            var known = shape.Where(size => size > 0).Aggregate(1, (a, b) => a * b);
            return () =>
            {
                get(ref value);
                var items = new float[value.Length];
                value.CopyTo(items);
                return NamedOnnxValue.CreateFromTensor(source.Name, new DenseTensor<float>(items, [.. shape.Select(size => size > 0 ? size : items.Length / known)]));
            };
        }

        private static ValueGetter<VBuffer<float>> Getter(Run run, string name) => (ref VBuffer<float> value) =>
        {
            var items = run.Output(name);
            var editor = VBufferEditor.Create(ref value, items.Length);
            items.CopyTo(editor.Values);
            value = editor.Commit();
        };
    }

    /// <summary>The outputs for one row, computed when first asked for.</summary>
    private sealed class Run(InferenceSession session, DataViewRow input, Func<NamedOnnxValue>[] readers, string[] wanted) : IDisposable
    {
        private IDisposableReadOnlyCollection<DisposableNamedOnnxValue> _outputs;
        private long _position = -1;

        public ReadOnlySpan<float> Output(string name)
        {
            if (_position != input.Position)
            {
                _outputs?.Dispose();
                _outputs = session.Run([.. readers.Select(read => read())], wanted);
                _position = input.Position;
            }
            return ((DenseTensor<float>)_outputs.First(output => output.Name == name).AsTensor<float>()).Buffer.Span;
        }

        public void Dispose() => _outputs?.Dispose();
    }
}
