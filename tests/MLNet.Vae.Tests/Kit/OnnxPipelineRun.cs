using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace MLNet.Vae.Tests.Kit;

/// <summary>Runs an exported pipeline by ONNX Runtime alone, over all rows of a view at once, and compares.</summary>
internal sealed class OnnxPipelineRun : IDisposable
{
    private const double Tolerance = 1e-4;

    private readonly InferenceSession _session;
    private readonly IReadOnlyList<string> _outputs;
    private readonly IDisposableReadOnlyCollection<OrtValue> _results;

    public OnnxPipelineRun(string path, IDataView rows)
    {
        _session = new(path);
        Inputs = [.. _session.InputNames];
        _outputs = _session.OutputNames;
        var given = Inputs.ToDictionary(name => name, name => Value(rows, rows.Schema[name]));
        using var options = new RunOptions();
        _results = _session.Run(options, given, _outputs);
        foreach (var value in given.Values)
            value.Dispose();
    }

    public IReadOnlyList<string> Inputs { get; }

    public IEnumerable<string> Outputs => _outputs;

    /// <summary>Each output that is asked for is the column of <paramref name="expected"/>: numbers to 1e-4 of their size.</summary>
    public void AssertGives(IDataView expected, params string[] columns)
    {
        foreach (var name in columns)
        {
            var place = _outputs.ToList().IndexOf(name + ".output");
            Assert.True(place >= 0, $"No output of '{name}' among {string.Join(", ", _outputs)}.");
            var (found, column) = (Values(_results[place]), expected.Schema[name]);
            var wanted = Read(expected, column);
            Assert.Equal(wanted.Length, found.Length);
            for (var i = 0; i < wanted.Length; i++)
                AssertSame(wanted[i], found[i], $"'{name}', value {i}");
        }
    }

    public void Dispose()
    {
        _results.Dispose();
        _session.Dispose();
    }

    private static void AssertSame(object wanted, object found, string what)
    {
        if (wanted is float or double)
        {
            var (a, b) = (Convert.ToDouble(wanted), Convert.ToDouble(found));
            Assert.True(a.Equals(b) || Math.Abs(a - b) <= Tolerance * Math.Max(1, Math.Abs(a)), $"{what}: {a:R}, by ONNX Runtime {b:R}.");
            return;
        }
        Assert.True(Equals(wanted, found), $"{what}: {wanted}, by ONNX Runtime {found}.");
    }

    private static object[] Read(IDataView rows, DataViewSchema.Column column)
    {
        var (isVector, item) = column.Type is VectorDataViewType vector ? (true, vector.ItemType.RawType) : (false, column.Type.RawType);
        return item switch
        {
            var t when t == typeof(float) => Get<float>(rows, column, isVector),
            var t when t == typeof(double) => Get<double>(rows, column, isVector),
            var t when t == typeof(int) => Get<int>(rows, column, isVector),
            var t when t == typeof(uint) => Get<uint>(rows, column, isVector),
            var t when t == typeof(bool) => Get<bool>(rows, column, isVector),
            _ => [.. Get<ReadOnlyMemory<char>>(rows, column, isVector).Select(text => text.ToString()!)],
        };
    }

    private static object[] Get<T>(IDataView rows, DataViewSchema.Column column, bool isVector) => isVector
        ? [.. rows.GetColumn<VBuffer<T>>(column).SelectMany(row => row.DenseValues()).Cast<object>()]
        : [.. rows.GetColumn<T>(column).Cast<object>()];

    private static OrtValue Value(IDataView rows, DataViewSchema.Column column)
    {
        var values = Read(rows, column);
        var width = column.Type is VectorDataViewType vector ? vector.Size : 1;
        long[] shape = [values.Length / width, width];
        switch (values[0])
        {
            case float: return OrtValue.CreateTensorValueFromMemory(values.Cast<float>().ToArray(), shape);
            case double: return OrtValue.CreateTensorValueFromMemory(values.Cast<double>().ToArray(), shape);
            case int: return OrtValue.CreateTensorValueFromMemory(values.Cast<int>().ToArray(), shape);
            case uint: return OrtValue.CreateTensorValueFromMemory(values.Cast<uint>().ToArray(), shape);
            case bool: return OrtValue.CreateTensorValueFromMemory(values.Cast<bool>().ToArray(), shape);
            default:
                var text = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
                for (var i = 0; i < values.Length; i++)
                    text.StringTensorSetElementAt(((string)values[i]).AsSpan(), i);
                return text;
        }
    }

    private static object[] Values(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType switch
    {
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float => [.. value.GetTensorDataAsSpan<float>().ToArray().Cast<object>()],
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Double => [.. value.GetTensorDataAsSpan<double>().ToArray().Cast<object>()],
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int32 => [.. value.GetTensorDataAsSpan<int>().ToArray().Cast<object>()],
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.UInt32 => [.. value.GetTensorDataAsSpan<uint>().ToArray().Cast<object>()],
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Bool => [.. value.GetTensorDataAsSpan<bool>().ToArray().Cast<object>()],
        _ => [.. value.GetStringTensorAsArray().Cast<object>()],
    };
}
