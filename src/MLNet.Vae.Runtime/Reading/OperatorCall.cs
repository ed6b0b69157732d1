using System.Buffers.Binary;
using MLNet.Vae.Onnx.Schema;
using static MLNet.Vae.Onnx.Schema.AttributeProto.Types;
using static MLNet.Vae.Onnx.Schema.TensorProto.Types;

namespace MLNet.Vae.Reading;

/// <summary>One node, and what is known of what it reads. What an operator does not ask for, it does not allow.</summary>
internal sealed class OperatorCall(NodeProto node, IReadOnlyList<TensorFact> inputs)
{
    private readonly HashSet<string> _asked = [];

    public IReadOnlyList<TensorFact> Inputs => inputs;

    public TensorFact this[int input] => inputs[input];

    public int Outputs => node.Output.Count;

    public CheckException Fault(string what) =>
        new($"its node {CheckException.Quoted(node.Name)} ({CheckException.Quoted(node.OpType)}) {what}");

    public void Require(bool holds, string what)
    {
        if (!holds)
            throw Fault(what);
    }

    public void RequireInputs(int count)
    {
        if (inputs.Count != count)
            throw Fault($"has {inputs.Count} inputs, not {count}");
    }

    /// <summary>A whole number; <paramref name="otherwise"/> where the node does not say.</summary>
    public long Whole(string attribute, long? otherwise = null) =>
        Attribute(attribute, AttributeType.Int) is { } found ? found.I : otherwise ?? throw Fault($"has no {attribute}");

    /// <summary>Any number at all.</summary>
    public void Number(string attribute) => Attribute(attribute, AttributeType.Float);

    /// <summary>So many whole numbers, each <paramref name="otherwise"/> where the node does not say.</summary>
    public long[] Wholes(string attribute, int count, long? otherwise = null)
    {
        if (Attribute(attribute, AttributeType.Ints)?.Ints is not { } ints)
            return otherwise is { } value ? [.. Enumerable.Repeat(value, count)] : throw Fault($"has not {count} {attribute}");
        if (ints.Count != count)
            throw Fault($"has not {count} {attribute}");
        var found = new long[count];
        for (var i = 0; i < count; i++)
            found[i] = ints[i];
        return found;
    }

    /// <summary>Whole numbers of a constant in a row, such as axes or a shape.</summary>
    public long[] Constants(int input)
    {
        var fact = inputs[input];
        Require(fact is { Type: DataType.Int64, Rank: 1, Constant: not null }, "reads a shape or an axis that is no constant");
        var bytes = fact.Constant!.RawData.Span;
        var values = new long[fact.Sizes[0]];
        for (var i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(i * sizeof(long))..]);
        return values;
    }

    /// <summary>The single axis that a constant holds; an axis of the first input, never that of its rows.</summary>
    public int ConstantAxis(int input) => Constants(input) is [var axis] ? Axis(axis) : throw Fault("has not one axis");

    /// <summary>An axis of the first input, never that of its rows.</summary>
    public int Axis(long axis)
    {
        Require(axis >= 0 && axis < inputs[0].Rank && axis != Math.Max(0, inputs[0].RowsAt), "has an axis that its input has not");
        return (int)axis;
    }

    /// <summary>Once all was asked: the node has no other attribute.</summary>
    public void RequireNoMore()
    {
        foreach (var attribute in node.Attribute)
        {
            if (!_asked.Remove(attribute.Name))
                throw Fault($"has the attribute {CheckException.Quoted(attribute.Name)}, which is not written");
        }
    }

    private AttributeProto? Attribute(string name, AttributeType type)
    {
        foreach (var attribute in node.Attribute)
        {
            if (attribute.Name != name)
                continue;
            _asked.Add(name);
            return attribute.Type == type ? attribute : throw Fault($"has another kind of {name}");
        }
        return null;
    }
}
