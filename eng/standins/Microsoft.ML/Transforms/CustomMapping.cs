using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable("CustomTransformer", typeof(CustomMapping))]

namespace Microsoft.ML
{
    /// <summary>The user's own functions.</summary>
    public static class CustomMappingCatalog
    {
        public static CustomMappingEstimator<TSrc, TDst> CustomMapping<TSrc, TDst>(this TransformsCatalog catalog, Action<TSrc, TDst> mapAction, string contractName,
            SchemaDefinition inputSchemaDefinition = null, SchemaDefinition outputSchemaDefinition = null)
            where TSrc : class, new()
            where TDst : class, new()
            => new(catalog.GetEnvironment(), mapAction, contractName, inputSchemaDefinition, outputSchemaDefinition);
    }
}

namespace Microsoft.ML.Transforms
{
    /// <summary>Maps rows by a function.</summary>
    public sealed class CustomMappingEstimator<TSrc, TDst> : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
        where TSrc : class, new()
        where TDst : class, new()
    {
        internal CustomMappingEstimator(IHostEnvironment env, Action<TSrc, TDst> mapping, string contractName, SchemaDefinition input, SchemaDefinition output)
            : base(env.Register(nameof(CustomMappingEstimator<TSrc, TDst>)), new CustomMappingTransformer<TSrc, TDst>(env, mapping, contractName, input, output))
        {
        }

        public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            foreach (var member in Transformer.Inputs)
            {
                var column = inputSchema.Find(null, member.Name);
                var wanted = SchemaShape.ShapeOf(member.Name, member.Type);
                var fits = wanted.Kind == column.Kind || (wanted.Kind == SchemaShape.Column.VectorKind.VariableVector && column.Kind == SchemaShape.Column.VectorKind.Vector);
                if (!fits || wanted.ItemType != column.ItemType || wanted.IsKey != column.IsKey)
                    throw Contracts.ExceptColumn(null, nameof(inputSchema), "input", member.Name, member.Type.ToString(), column.GetTypeString());
            }
            return inputSchema.With([.. SchemaShape.Create(TypedColumn.SchemaOf(Transformer.Outputs))]);
        }
    }

    public sealed class CustomMappingTransformer<TSrc, TDst> : ITransformer
        where TSrc : class, new()
        where TDst : class, new()
    {
        private readonly IHost _host;
        private readonly Action<TSrc, TDst> _mapping;
        private readonly string _contractName;
        private readonly SchemaDefinition _input;

        internal CustomMappingTransformer(IHostEnvironment env, Action<TSrc, TDst> mapping, string contractName, SchemaDefinition input, SchemaDefinition output)
        {
            _host = env.Register(nameof(CustomMappingTransformer<TSrc, TDst>));
            (_mapping, _contractName, _input) = (_host.CheckValue(mapping, "mapAction"), contractName, input);
            Inputs = TypedColumn.Of(typeof(TSrc), SchemaDefinition.Direction.Both, input);
            Outputs = TypedColumn.Of(typeof(TDst), SchemaDefinition.Direction.Write, output);
        }

        bool ITransformer.IsRowToRowMapper => true;

        internal TypedColumn[] Inputs { get; }
        internal TypedColumn[] Outputs { get; }

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => View(new EmptyView(_host.CheckValue(inputSchema, nameof(inputSchema)))).Schema;

        public IDataView Transform(IDataView input) => View(_host.CheckValue(input, nameof(input)));

        IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => View(new EmptyView(_host.CheckValue(inputSchema, nameof(inputSchema))));

        void ICanSaveModel.Save(ModelSaveContext ctx)
        {
            _host.Check(_contractName is not null, "Empty contract name for a transform: the transform cannot be saved");
            ctx.Sign("CustomTransformer", typeof(CustomMapping));
            ctx.Writer.Write(_contractName);
            ctx.Writer.Write(_mapping.Method.DeclaringType.Assembly.FullName);
        }

        private MapperView View(IDataView source) => new(_host, source, new Mapping(this, source.Schema));

        private sealed class Mapping(CustomMappingTransformer<TSrc, TDst> parent, DataViewSchema schema) : RowMapping
        {
            private readonly TypedReader<TSrc> _reader = new(parent._host, schema, false, parent._input);

            public override DataViewSchema.DetachedColumn[] Outputs => [.. parent.Outputs.Select(o => new DataViewSchema.DetachedColumn(o.Name, o.Type, o.Annotations))];

            public override IEnumerable<int> Needs(Func<int, bool> active)
                => Enumerable.Range(0, parent.Outputs.Length).Any(active) ? _reader.Columns.Select(column => column.Index) : [];

            public override Delegate[] Getters(DataViewRow input, Func<int, bool> active, out Action disposer)
            {
                disposer = null;
                if (!Enumerable.Range(0, parent.Outputs.Length).Any(active))
                    return new Delegate[parent.Outputs.Length];
                var fill = _reader.Bind(input);
                var (source, target) = (new TSrc(), new TDst());
                var done = -1L;
                Func<TDst> current = () =>
                {
                    if (done != input.Position)
                    {
                        fill(source);
                        parent._mapping(source, target);
                        done = input.Position;
                    }
                    return target;
                };
                return [.. parent.Outputs.Select((output, i) => active(i) ? output.Getter(current) : null)];
            }
        }
    }

    internal static class CustomMapping
    {
        internal static ITransformer Load(IHostEnvironment env, ModelLoadContext context)
        {
            var contractName = context.Reader.ReadString();
            env.ComponentCatalog.RegisterAssembly(Assembly.Load(context.Reader.ReadString()));
            return ((ICustomMappingFactory)env.ComponentCatalog.CreateExtension(contractName)).CreateTransformer(env, contractName);
        }
    }
}
