using Microsoft.ML.OnnxRuntime;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Kit;

/// <summary>The scorer graph run over all rows at once, with nothing of this library between.</summary>
internal sealed class Reference
{
    private readonly Dictionary<string, float[]> _outputs = [];
    private readonly int _rows;

    public Reference(VaeModel model, IReadOnlyList<float[]> rows)
    {
        _rows = rows.Count;
        using var session = new InferenceSession(model.ToOnnx(VaeGraph.Scorer));
        using var features = OrtValue.CreateTensorValueFromMemory(
            rows.SelectMany(row => row).ToArray(),
            [rows.Count, model.Info.FeatureCount]
        );
        using var runOptions = new RunOptions();
        using var results = session.Run(runOptions, new Dictionary<string, OrtValue> { ["features"] = features }, session.OutputNames);
        for (var i = 0; i < session.OutputNames.Count; i++)
        {
            _outputs[session.OutputNames[i]] = results[i].GetTensorDataAsSpan<float>().ToArray();
        }
    }

    public float[] Mean(int row) => Row("mean", row);

    public float[] Reconstruction(int row) => Row("reconstruction", row);

    public float[] Contributions(int row) => Row("contributions", row);

    public float Score(int row) => Row("score", row)[0];

    private float[] Row(string output, int row)
    {
        var width = _outputs[output].Length / _rows;
        return _outputs[output].AsSpan(row * width, width).ToArray();
    }
}
