using MLNet.Vae.Graphs;
using MLNet.Vae.Onnx;
using static MLNet.Vae.Onnx.Schema.TensorProto.Types;

namespace MLNet.Vae.Reading;

/// <summary>
/// The operators that models are written with, each with what it makes of its inputs. Nothing else is run: none of them loops, reads a file
/// or makes a tensor of a size that is computed.
/// </summary>
internal static class Operators
{
    private static readonly DataType[] Single = [DataType.Float], SingleOrDouble = [DataType.Float, DataType.Double];

    private delegate TensorFact[] Rule(OperatorCall call);

    private static readonly Dictionary<string, Rule> Rules = new()
    {
        ["Abs"] = Each(Single),
        ["Add"] = call => call.Inputs is [{ Type: DataType.Int64 }, ..] ? Shifted(call) : Together(SingleOrDouble)(call),
        ["And"] = Together([DataType.Bool]),
        ["ArgMax"] = Largest,
        ["ArgMin"] = Largest,
        ["Cast"] = Cast,
        ["Clip"] = Clip,
        ["Concat"] = Concat,
        ["Conv"] = Convolution,
        ["ConvTranspose"] = TransposedConvolution,
        ["Cos"] = Each(Single),
        ["CumSum"] = CumulativeSum,
        ["Div"] = Together(SingleOrDouble),
        ["Equal"] = Together([DataType.Int64, DataType.Float], gives: DataType.Bool),
        ["Erf"] = Each(Single),
        ["Exp"] = Each(SingleOrDouble),
        ["Floor"] = Each(SingleOrDouble),
        ["Gather"] = Gather,
        ["GRU"] = Recurrence,
        ["Gemm"] = Product,
        ["Greater"] = Together(SingleOrDouble, gives: DataType.Bool),
        ["GreaterOrEqual"] = Together(Single, gives: DataType.Bool),
        ["Identity"] = Each(Single),
        ["IsNaN"] = Each(Single, gives: DataType.Bool),
        ["LabelEncoder"] = SlotNames,
        ["LayerNormalization"] = LayerNormalization,
        ["Less"] = Together(SingleOrDouble, gives: DataType.Bool),
        ["LessOrEqual"] = Together(SingleOrDouble, gives: DataType.Bool),
        ["Log"] = Each(SingleOrDouble),
        ["LogSoftmax"] = OfRow,
        ["Max"] = Together(SingleOrDouble),
        ["Min"] = Together(SingleOrDouble),
        ["Mul"] = Together(SingleOrDouble),
        ["Neg"] = Each(SingleOrDouble),
        ["Not"] = Each([DataType.Bool]),
        ["Or"] = Together([DataType.Bool]),
        ["ReduceMax"] = Reduced(Single, inputs: 1, call => call.Axis(call.Wholes("axes", 1)[0])),
        ["ReduceMin"] = Reduced(Single, inputs: 1, call => call.Axis(call.Wholes("axes", 1)[0])),
        ["ReduceSum"] = Reduced(SingleOrDouble, inputs: 2, call => call.ConstantAxis(1)),
        ["Relu"] = Each(Single),
        ["Reshape"] = Reshape,
        ["Sigmoid"] = Each(Single),
        ["Slice"] = Slice,
        ["Softmax"] = OfRow,
        ["Softplus"] = Each(Single),
        ["Split"] = Split,
        ["Squeeze"] = Squeeze,
        ["Sqrt"] = Each(SingleOrDouble),
        ["Sub"] = Together(SingleOrDouble),
        ["Sum"] = Together(SingleOrDouble, most: int.MaxValue),
        ["Tanh"] = Each(Single),
        ["Tile"] = PerSample,
        ["Transpose"] = Transpose,
        ["Unsqueeze"] = Unsqueeze,
        ["Where"] = Where,
    };

    public static IEnumerable<string> Names => Rules.Keys;

    /// <summary>Whether models are written with it.</summary>
    public static bool IsWritten(string domain, string name)
        => Rules.ContainsKey(name) && domain == (name == "LabelEncoder" ? ModelFile.MachineLearningDomain : "");

    /// <summary>What a node of a written operator makes.</summary>
    /// <exception cref="CheckException">It cannot be run on these inputs, or is not as models are written.</exception>
    public static TensorFact[] Infer(string name, OperatorCall call)
    {
        var made = Rules[name](call);
        call.RequireNoMore();
        return call.Outputs == made.Length ? made : throw call.Fault($"has {call.Outputs} outputs, not {made.Length}");
    }

    /// <summary>Value by value, of one tensor.</summary>
    private static Rule Each(DataType[] types, DataType? gives = null) => call =>
    {
        call.RequireInputs(1);
        var x = Of(call, 0, types);
        return [x with { Type = gives ?? x.Type, Constant = null, Below = null }];
    };

    /// <summary>Value by value, of tensors that are stretched to one shape.</summary>
    private static Rule Together(DataType[] types, DataType? gives = null, int most = 2) => call =>
    {
        call.Require(call.Inputs.Count >= 2 && call.Inputs.Count <= most, "has inputs too few or too many");
        var made = Of(call, 0, types);
        for (var i = 1; i < call.Inputs.Count; i++)
        {
            call.Require(call[i].Type == made.Type, "mixes types");
            made = Stretched(call, made, call[i]);
        }
        return [new(gives ?? made.Type, made.Axis, made.Sizes)];
    };

    private static TensorFact[] Where(OperatorCall call)
    {
        call.RequireInputs(3);
        Of(call, 0, [DataType.Bool]);
        var made = Stretched(call, Stretched(call, call[0], Of(call, 1, SingleOrDouble)), call[2]);
        call.Require(call[2].Type == call[1].Type, "mixes types");
        return [new(call[1].Type, made.Axis, made.Sizes)];
    }

    private static TensorFact[] Cast(OperatorCall call)
    {
        call.RequireInputs(1);
        var from = Of(call, 0, [DataType.Float, DataType.Double, DataType.Int64, DataType.Bool]);
        var to = (DataType)call.Whole("to");
        call.Require(to is DataType.Float or DataType.Double, "makes a type that is not written");
        return [new(to, from.Axis, from.Sizes)];
    }

    private static TensorFact[] Clip(OperatorCall call)
    {
        call.RequireInputs(3);
        call.Require(IsBound(call[1]) && IsBound(call[2]), "has no bounds");
        return [Of(call, 0, Single) with { Constant = null }];
    }

    /// <summary>Softmax and its like, over the last axis of rows.</summary>
    private static TensorFact[] OfRow(OperatorCall call)
    {
        call.RequireInputs(1);
        call.Require(Of(call, 0, Single).Rank == 2 && call.Whole("axis") == 1, "is not over the values of rows");
        return [call[0] with { Constant = null }];
    }

    private static TensorFact[] Largest(OperatorCall call)
    {
        call.RequireInputs(1);
        var x = Of(call, 0, Single);
        call.Require(x.Rank is 2 or 3 && call.Whole("axis") == x.Rank - 1, "is not over the values of rows");
        long[] kept = call.Whole("keepdims", 1) == 1 ? [1] : [];
        return [new(DataType.Int64, x.Axis, [.. x.Sizes[..^1], .. kept]) { Below = x.Sizes[^1] }];
    }

    /// <summary>Numbers within groups, as numbers of all.</summary>
    private static TensorFact[] Shifted(OperatorCall call)
    {
        call.RequireInputs(2);
        var (numbers, first) = (call[0], call.Constants(1));
        call.Require(
            numbers is { Rank: 2, Below: not null } && numbers.Sizes[1] == first.Length
                && first.All(number => number is >= 0 and <= int.MaxValue),
            "moves numbers beyond what they stand for");
        return [numbers with { Below = numbers.Below + first.Max() }];
    }

    private static TensorFact[] LayerNormalization(OperatorCall call)
    {
        call.RequireInputs(3);
        call.Number("epsilon");
        var width = Of(call, 0, Single).Rank == 2 ? call[0].Sizes[1] : 0;
        call.Require(call.Whole("axis") == -1 && IsVector(call[1], width) && IsVector(call[2], width), "is not over the values of rows");
        return [call[0] with { Constant = null }];
    }

    /// <summary>x·Wᵀ + b, W and b constants.</summary>
    private static TensorFact[] Product(OperatorCall call)
    {
        call.RequireInputs(3);
        call.Number("alpha");
        var (x, weight) = (Of(call, 0, Single), call[1]);
        call.Require(
            call.Whole("transB") == 1 && x.Rank == 2 && weight is { Rank: 2, Type: DataType.Float, Constant: not null }
                && x.Sizes[1] == weight.Sizes[1] && IsVector(call[2], weight.Sizes[0]),
            "does not fit its weights");
        return [new(DataType.Float, x.Axis, x.Sizes[0], weight.Sizes[0])];
    }

    private static TensorFact[] Convolution(OperatorCall call)
    {
        const int Largest = 1 << 16;
        var dilations = call.Wholes("dilations", 2, otherwise: 1);
        call.Require(dilations.All(dilation => dilation is >= 1 and <= Largest), "has dilations beyond those that are written");
        var (x, kernel, strides, pads) = Kernel(call, channels: 1, dilations);
        var sizes = new long[2];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = (x.Sizes[2 + i] + pads[i] + pads[2 + i] - Span(kernel.Sizes[2 + i], dilations[i])) / strides[i] + 1;
            call.Require(sizes[i] >= 1 && sizes[i] <= x.Sizes[2 + i], "makes a picture larger, or none at all");
        }
        call.Require(IsVector(call[2], kernel.Sizes[0]), "does not fit its weights");
        return [new(DataType.Float, x.Axis, x.Sizes[0], kernel.Sizes[0], sizes[0], sizes[1])];
    }

    private static TensorFact[] TransposedConvolution(OperatorCall call)
    {
        var (x, kernel, strides, pads) = Kernel(call, channels: 0, dilations: [1, 1]);
        var added = call.Wholes("output_padding", 2);
        var sizes = new long[2];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = ((x.Sizes[2 + i] - 1) * strides[i]) - pads[i] - pads[2 + i] + kernel.Sizes[2 + i] + added[i];
            call.Require(
                added[i] >= 0 && added[i] < strides[i] && sizes[i] >= 1 && sizes[i] <= x.Sizes[2 + i] * strides[i],
                "makes a picture of another size than its strides say");
        }
        call.Require(IsVector(call[2], kernel.Sizes[1]), "does not fit its weights");
        return [new(DataType.Float, x.Axis, x.Sizes[0], kernel.Sizes[1], sizes[0], sizes[1])];
    }

    private static (TensorFact X, TensorFact Kernel, long[] Strides, long[] Pads) Kernel(
        OperatorCall call, int channels, long[] dilations)
    {
        const int Pictures = 4;
        call.RequireInputs(3);
        var (x, kernel) = (Of(call, 0, Single), call[1]);
        var (shape, strides, pads) = (call.Wholes("kernel_shape", 2), call.Wholes("strides", 2), call.Wholes("pads", Pictures));
        call.Require(
            x.Rank == Pictures && kernel is { Rank: Pictures, Type: DataType.Float, Constant: not null }
                && kernel.Sizes[channels] == x.Sizes[1] && shape[0] == kernel.Sizes[2] && shape[1] == kernel.Sizes[3],
            "does not fit its weights");
        for (var i = 0; i < shape.Length; i++)
        {
            var span = Span(shape[i], dilations[i]);
            call.Require(
                strides[i] >= 1 && strides[i] <= span && IsPad(pads[i], span) && IsPad(pads[2 + i], span),
                "has strides or pads beyond its kernel");
        }
        return (x, kernel, strides, pads);

        static bool IsPad(long pad, long length) => pad >= 0 && pad < length;
    }

    /// <summary>Places from the first that a kernel reads to the last.</summary>
    private static long Span(long kernel, long dilation) => ((kernel - 1) * dilation) + 1;

    /// <summary>[steps, N, inputs] → the memory after each step, [steps, 1, N, units], and after the last, [1, N, units].</summary>
    private static TensorFact[] Recurrence(OperatorCall call)
    {
        call.RequireInputs(4);
        var (x, weight, recurrence, bias) = (call[0], call[1], call[2], call[3]);
        var units = call.Whole("hidden_size");
        call.Require(
            x is { Type: DataType.Float, Rank: 3, Before: 1 } && call.Whole("linear_before_reset") == 1
                && units is >= 1 and <= int.MaxValue && IsWeight(weight, 1, 3 * units, x.Sizes[2])
                && IsWeight(recurrence, 1, 3 * units, units) && IsWeight(bias, 1, 6 * units),
            "does not fit its weights");
        return
        [
            new(DataType.Float, x.Axis, x.Sizes[0], 1, x.Sizes[1], units) { Before = 2 },
            new(DataType.Float, x.Axis, 1, x.Sizes[1], units) { Before = 1 },
        ];

        static bool IsWeight(TensorFact fact, params ReadOnlySpan<long> sizes)
            => fact is { Type: DataType.Float, Constant: not null } && fact.HasSizes(sizes);
    }

    private static TensorFact[] Concat(OperatorCall call)
    {
        call.Require(call.Inputs.Count >= 1 && call.Whole("axis") == 1, "is not of the values of rows");
        var made = Of(call, 0, Single);
        var width = 0L;
        foreach (var part in call.Inputs)
        {
            call.Require(
                part.Type == made.Type && part.Rank == 2 && part.Axis == made.Axis && part.Sizes[0] == made.Sizes[0],
                "puts rows of other numbers side by side");
            width += part.Sizes[1];
        }
        return [new(made.Type, made.Axis, made.Sizes[0], width)];
    }

    private static TensorFact[] Split(OperatorCall call)
    {
        call.RequireInputs(2);
        var (x, widths) = (Of(call, 0, Single), call.Constants(1));
        call.Require(call.Whole("axis") == 1 && x.Rank == 2, "is not of the values of rows");
        call.Require(widths.All(w => w >= 1 && w <= x.Sizes[1]) && widths.Sum() == x.Sizes[1], "does not fit what it splits");
        return [.. widths.Select(width => new TensorFact(x.Type, x.Axis, x.Sizes[0], width))];
    }

    private static TensorFact[] Slice(OperatorCall call)
    {
        call.RequireInputs(4);
        var (x, start, end) = (Of(call, 0, Single), call.Constants(1), call.Constants(2));
        call.Require(
            x.Rank == 2 && call.ConstantAxis(3) == 1 && start.Length == 1 && end.Length == 1 && start[0] >= 0 && start[0] < end[0]
                && end[0] <= x.Sizes[1],
            "does not fit what it cuts");
        return [new(x.Type, x.Axis, x.Sizes[0], end[0] - start[0])];
    }

    private static TensorFact[] Reshape(OperatorCall call)
    {
        call.RequireInputs(2);
        var (x, shape) = (Of(call, 0, Single), call.Constants(1));
        // [S·N, width] → [S, N, width].
        if (shape is [>= 1, -1, >= 1])
        {
            call.Require(
                x is { Axis: RowAxis.Rows, Rank: 2 } && x.Sizes[0] == shape[0] && x.Sizes[1] == shape[2],
                "does not fit what it reshapes");
            return [new(x.Type, RowAxis.RowsOfSamples, shape[0], 1, shape[2])];
        }
        // The first axis is kept (0) or follows from the others (-1), so that the number of rows stays free.
        var others = shape.Skip(1).Aggregate(1L, TensorFact.Product);
        call.Require(
            x.Rank >= 1 && shape is [0 or -1, ..] && shape.Skip(1).All(size => size >= 1) && x.Count % others == 0
                && (shape[0] == -1 || x.Count / others == x.Sizes[0]),
            "does not fit what it reshapes");
        call.Require(x.Axis != RowAxis.RowsOfSamples || shape[0] == -1, "does not fit what it reshapes");
        return [new(x.Type, x.Axis == RowAxis.RowsOfSamples ? RowAxis.Rows : x.Axis, [x.Count / others, .. shape[1..]])];
    }

    private static TensorFact[] Transpose(OperatorCall call)
    {
        call.RequireInputs(1);
        var order = call.Wholes("perm", call[0].Rank);
        if (order is [1, 0, 2])
            return StepsFirst(call);
        var x = Of(call, 0, Single);
        var axes = Enumerable.Range(0, x.Rank).Select(axis => (long)axis);
        call.Require(order is [0, ..] && order.Order().SequenceEqual(axes), "has no order of axes");
        return [new(x.Type, x.Axis, [.. order.Select(axis => x.Sizes[axis])])];
    }

    /// <summary>[N, steps, values] → [steps, N, values], and back.</summary>
    private static TensorFact[] StepsFirst(OperatorCall call)
    {
        var x = call[0];
        call.Require(
            x is { Type: DataType.Float, Axis: RowAxis.Rows or RowAxis.Samples, Before: 0 or 1 }, "has no steps to put first");
        return [new(x.Type, x.Axis, x.Sizes[1], x.Sizes[0], x.Sizes[2]) { Before = 1 - x.Before }];
    }

    /// <summary>Leaves out an axis before that of the rows.</summary>
    private static TensorFact[] Squeeze(OperatorCall call)
    {
        call.RequireInputs(2);
        var x = call[0];
        call.Require(
            x.Type == DataType.Float && call.Constants(1) is [var axis] && axis >= 0 && axis < x.Before && x.Sizes[axis] == 1,
            "has an axis that is not written");
        var left = (int)call.Constants(1)[0];
        return [new(x.Type, x.Axis, [.. x.Sizes[..left], .. x.Sizes[(left + 1)..]]) { Before = x.Before - 1 }];
    }

    private static TensorFact[] Unsqueeze(OperatorCall call)
    {
        call.RequireInputs(2);
        var x = Of(call, 0, SingleOrDouble);
        call.Require(x.Rank == 2 && call.Constants(1) is [1 or 2], "has an axis that is not written");
        return [new(x.Type, x.Axis, call.Constants(1)[0] == 1 ? [x.Sizes[0], 1, x.Sizes[1]] : [x.Sizes[0], x.Sizes[1], 1])];
    }

    /// <summary>All rows, once for each sample: as many as are asked for, or as the score of the model has.</summary>
    private static TensorFact[] PerSample(OperatorCall call)
    {
        call.RequireInputs(2);
        call.Require(Of(call, 0, Single) is { IsRows: true, Axis: RowAxis.Rows }, "repeats something else than rows");
        if (call[1].IsRepeats)
            return [new(DataType.Float, RowAxis.Samples, call[0].Sizes)];
        call.Require(call.Constants(1) is [SampledScore.Samples, 1], "repeats rows for another number of samples than is written");
        return [new(DataType.Float, RowAxis.Rows, SampledScore.Samples, call[0].Sizes[1])];
    }

    /// <summary>Over one axis, which an attribute or an input names.</summary>
    private static Rule Reduced(DataType[] types, int inputs, Func<OperatorCall, int> axisOf) => call =>
    {
        call.RequireInputs(inputs);
        var (x, axis, keeps) = (Of(call, 0, types), axisOf(call), call.Whole("keepdims", 1));
        call.Require(keeps is 0 or 1, "has an attribute that is not written");
        long[] kept = keeps == 1 ? [1] : [];
        var rows = keeps == 0 && axis < x.RowsAt ? RowAxis.Rows : x.Axis;
        return [new(x.Type, rows, [.. x.Sizes[..axis], .. kept, .. x.Sizes[(axis + 1)..]])];
    };

    private static TensorFact[] CumulativeSum(OperatorCall call)
    {
        call.RequireInputs(2);
        call.ConstantAxis(1);
        return [Of(call, 0, SingleOrDouble) with { Constant = null }];
    }

    /// <summary>Entries of a constant by numbers that cannot lie beyond it.</summary>
    private static TensorFact[] Gather(OperatorCall call)
    {
        call.RequireInputs(2);
        var (entries, numbers) = (Of(call, 0, Single), call[1]);
        call.Require(
            entries is { Rank: 2, Constant: not null } && numbers is { Type: DataType.Int64, Rank: 2 } && numbers.Below <= entries.Sizes[0],
            "reads entries that there may not be");
        return [new(DataType.Float, numbers.Axis, [.. numbers.Sizes, entries.Sizes[1]])];
    }

    /// <summary>It is only in the graph of a saved pipeline, for stock ML.NET to read.</summary>
    private static TensorFact[] SlotNames(OperatorCall call) => throw call.Fault("is none of a model's own");

    private static TensorFact Of(OperatorCall call, int input, DataType[] types)
    {
        call.Require(call[input].Before == 0, "reads steps before rows");
        foreach (var type in types)
        {
            if (call[input].Type == type)
                return call[input];
        }
        throw call.Fault("reads values of a type that it is not written for");
    }

    private static bool IsBound(TensorFact fact) => fact is { Type: DataType.Float, Rank: 0, Constant: not null };

    private static bool IsVector(TensorFact fact, long length)
        => fact is { Type: DataType.Float, Rank: 1, Constant: not null } && fact.Sizes[0] == length;

    /// <summary>Axis by axis from the last, as often as the other where one has 1. Rows stay the axis that they are.</summary>
    private static TensorFact Stretched(OperatorCall call, TensorFact a, TensorFact b)
    {
        call.Require(a.Before == 0 && b.Before == 0, "reads steps before rows");
        if (a.Rank < b.Rank)
            (a, b) = (b, a);
        var sizes = a.Sizes.ToArray();
        var axis = a.Axis;
        call.Require(b.Axis == RowAxis.None || a.Rank == b.Rank, "mixes rows with something else");
        for (var i = 0; i < b.Rank; i++)
        {
            var at = a.Rank - b.Rank + i;
            var (rowsA, rowsB) = (at == a.RowsAt ? a.Axis : RowAxis.None, i == b.RowsAt ? b.Axis : RowAxis.None);
            if (rowsA == rowsB && sizes[at] == b.Sizes[i] || b.Sizes[i] == 1 && rowsB == RowAxis.None)
                continue;
            call.Require(sizes[at] == 1 && rowsA == RowAxis.None, "mixes tensors of other sizes");
            sizes[at] = b.Sizes[i];
            if (rowsB != RowAxis.None)
                axis = rowsB;
        }
        return new(a.Type, axis, sizes);
    }
}
