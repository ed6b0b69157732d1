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

        private MapperView View(IDataView source)
        {
            var reader = new TypedReader<TSrc>(_host, source.Schema, false, _input);
            return new(_host, source, new RowMapping<TDst>(reader.Columns, Bind, [.. Outputs.Select(output =>
                (new DataViewSchema.DetachedColumn(output.Name, output.Type, output.Annotations), (Func<Func<TDst>, Delegate>)(current => output.Getter(current))))]));

            Func<TDst> Bind(DataViewRow row)
            {
                var fill = reader.Bind(row);
                var (input, result) = (new TSrc(), new TDst());
                return () =>
                {
                    fill(input);
                    _mapping(input, result);
                    return result;
                };
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
