using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Messages;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Columns;

/// <summary>Getters of the added columns.</summary>
internal static class OutputGetters
{
    /// <summary>
    /// The getter that reads the row of the block that <paramref name="currentRow"/> gives (it throws where there is none);
    /// a score above <paramref name="threshold"/> is an anomaly.
    /// </summary>
    public static Delegate Create(OutputColumn column, BlockScorer scorer, Func<int> currentRow, double threshold)
    {
        var values = scorer.Output(column);
        var width = column.Width;
        return column.Output switch
        {
            VaeOutput.Score => (ValueGetter<float>)((ref float value) => value = values.Row(currentRow())[0]),
            VaeOutput.PredictedLabel => (ValueGetter<bool>)((ref bool value) => value = values.Row(currentRow())[0] > threshold),
            VaeOutput.Codes => (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> value) =>
            {
                var numbers = values.Row(currentRow());
                var editor = VBufferEditor.Create(ref value, width);
                for (var i = 0; i < width; i++)
                {
                    editor.Values[i] = Key(numbers[i]);
                }

                value = editor.Commit();
            }),
            _ => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                var row = currentRow();
                var editor = VBufferEditor.Create(ref value, width);
                values.Row(row).CopyTo(editor.Values);
                value = editor.Commit();
            }),
        };
    }

    /// <summary>The getter as the caller wants it.</summary>
    /// <exception cref="InvalidOperationException">The column is of another type; marked through <paramref name="context"/>.</exception>
    public static ValueGetter<TValue> Cast<TValue>(IExceptionContext context, Delegate getter, DataViewSchema.Column column)
        => getter as ValueGetter<TValue>
            ?? throw context.Process(new InvalidOperationException(
                ScoringMessages.WrongGetterType(column.Name, column.Type.ToString()!, TypeName(typeof(TValue)))));

    /// <summary>Numbers of entries count from 0, keys from 1, with 0 for a missing one.</summary>
    private static uint Key(float number) => float.IsNaN(number) ? 0 : (uint)number + 1;

    private static string TypeName(Type type)
    {
        if (!type.IsGenericType)
        {
            return type.Name;
        }

        var name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return $"{name}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>";
    }
}
