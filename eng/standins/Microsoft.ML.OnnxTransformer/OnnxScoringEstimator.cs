using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Adds the outputs of an ONNX model.</summary>
public sealed class OnnxScoringEstimator : TrivialEstimator<OnnxTransformer>
{
    internal OnnxScoringEstimator(IHostEnvironment env, OnnxTransformer transformer)
        : base(env.Register(nameof(OnnxTransformer)), transformer)
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        foreach (var name in Transformer.Inputs)
        {
            var column = inputSchema.Find(Host, name);
            var expected = Transformer.Model.Inputs.TryGetValue(name, out var node)
                ? node.ItemType
                : throw Host.Except($"Column {name} doesn't match input node names of model.");
            if (column.ItemType != expected)
                throw Host.ExceptColumn(nameof(inputSchema), "input", name, expected.ToString(), column.ItemType.ToString());
        }
        return inputSchema.With([.. Transformer.Outputs.Select(name => Transformer.Model.Output(name).Type).Zip(Transformer.Outputs, (type, name) => new SchemaShape.Column(
            name,
            type is VectorDataViewType { IsKnownSize: true } ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.VariableVector,
            type.GetItemType(),
            false))]);
    }
}
