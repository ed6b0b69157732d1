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
            Model.Output(name);
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
            var item = source.Type.GetItemType();
            if (item != node.ItemType && !(item is KeyDataViewType && item.RawType == node.ItemType.RawType))
                throw _parent.Host.ExceptColumn("inputSchema", "input", name, node.ItemType.ToString(), source.Type.ToString());
            var length = source.Type is VectorDataViewType vector ? vector.Size : 1;
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
            => (Func<NamedOnnxValue>)Generic.Call(source.Type is VectorDataViewType ? VectorReader<int> : ScalarReader<int>,
                source.Type.GetItemType().RawType, input, source, _parent.Model.Input(source.Name).Shape);

        private static Func<NamedOnnxValue> ScalarReader<TItem>(DataViewRow input, DataViewSchema.Column source, int[] shape)
        {
            var get = input.GetGetter<TItem>(source);
            return () =>
            {
                TItem value = default;
                get(ref value);
                return Tensor(source.Name, [value], [1, 1]);
            };
        }

        private static Func<NamedOnnxValue> VectorReader<TItem>(DataViewRow input, DataViewSchema.Column source, int[] shape)
        {
            var get = input.GetGetter<VBuffer<TItem>>(source);
            VBuffer<TItem> value = default;
            var known = shape.Where(size => size > 0).Aggregate(1, (a, b) => a * b);
            return () =>
            {
                get(ref value);
                var items = new TItem[value.Length];
                value.CopyTo(items);
                return Tensor(source.Name, items, [.. shape.Select(size => size > 0 ? size : items.Length / known)]);
            };
        }

        private static NamedOnnxValue Tensor<TItem>(string name, TItem[] items, int[] shape) => items is ReadOnlyMemory<char>[] texts
            ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<string>(texts.Select(text => text.ToString()).ToArray(), shape))
            : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<TItem>(items, shape));

        private Delegate Getter(Run run, string name)
        {
            var node = _parent.Model.Output(name);
            return node.Type is not VectorDataViewType ? (Delegate)Generic.Call(Unreadable<int>, node.ItemType.RawType, name)
                : node.ItemType is TextDataViewType ? Getter<string, ReadOnlyMemory<char>>(run, name, text => text.AsMemory())
                : (Delegate)Generic.Call(Getter<int>, node.ItemType.RawType, run, name);
        }

        private static ValueGetter<VBuffer<TItem>> Getter<TItem>(Run run, string name) => (ref VBuffer<TItem> value) =>
        {
            var items = run.Output<TItem>(name);
            var editor = VBufferEditor.Create(ref value, items.Length);
            items.CopyTo(editor.Values);
            value = editor.Commit();
        };

        private static ValueGetter<VBuffer<TResult>> Getter<TItem, TResult>(Run run, string name, Func<TItem, TResult> convert) => (ref VBuffer<TResult> value) =>
        {
            var items = run.Output<TItem>(name);
            var editor = VBufferEditor.Create(ref value, items.Length);
            for (var i = 0; i < items.Length; i++)
                editor.Values[i] = convert(items[i]);
            value = editor.Commit();
        };

        // The real one takes an output without dimensions for a sequence, and fails here.
        private static ValueGetter<TItem> Unreadable<TItem>(string name) => (ref TItem _)
            => throw new ArgumentNullException("source", $"Output '{name}' has no dimensions and cannot be read.");
    }

    /// <summary>The outputs for one row, computed when first asked for.</summary>
    private sealed class Run(InferenceSession session, DataViewRow input, Func<NamedOnnxValue>[] readers, string[] wanted) : IDisposable
    {
        private IDisposableReadOnlyCollection<DisposableNamedOnnxValue> _outputs;
        private long _position = -1;

        public ReadOnlySpan<TItem> Output<TItem>(string name)
        {
            if (_position != input.Position)
            {
                _outputs?.Dispose();
                _outputs = session.Run([.. readers.Select(read => read())], wanted);
                _position = input.Position;
            }
            return ((DenseTensor<TItem>)_outputs.First(output => output.Name == name).AsTensor<TItem>()).Buffer.Span;
        }

        public void Dispose() => _outputs?.Dispose();
    }
}
