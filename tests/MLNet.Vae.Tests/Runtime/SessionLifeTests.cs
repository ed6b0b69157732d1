using Microsoft.ML.OnnxRuntime;
using MLNet.Vae.Interop;
using MLNet.Vae.Onnx;
using MLNet.Vae.Runtime;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Runtime;

/// <summary>A session lives as long as a run in it, whoever disposes the transformer meanwhile.</summary>
public class SessionLifeTests
{
    [Fact]
    public void Disposing_while_a_run_is_under_way_waits_for_nobody_and_takes_nothing_away()
    {
        var model = SampleModels.Embedder();
        var sessions = new ScoringSessions(ScoringHost.Silent, model, new(), typeof(VaeTransformer));
        var (input, output) = (new float[SampleModels.Features], new float[model.Info.LatentDimension]);
        using var features = OrtValue.CreateTensorValueFromMemory(input, [1, input.Length]);
        using var mean = OrtValue.CreateTensorValueFromMemory(output, [1, output.Length]);
        using var run = new BoundRun("encoder", [(TensorNames.Features, features)], [(TensorNames.Mean, mean)]);
        InferenceSession? used = null;

        sessions.Run(run, (bound, session, onGpu) =>
        {
            used = session;
            sessions.Dispose();
            Assert.True(IsOpen(session), "the session was released under the run");
            Array.Fill(output, float.NaN);
            bound.In(session, onGpu);
        });

        Assert.All(output, value => Assert.True(float.IsFinite(value)));
        Assert.False(IsOpen(used!), "the last run out left the session open");
        Assert.Throws<ObjectDisposedException>(() => sessions.Run(run));
    }

    private static bool IsOpen(InferenceSession session)
    {
        try
        {
            return session.GetType()
                .GetField("_nativeHandle", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!
                .GetValue(session) is not IntPtr handle || handle != IntPtr.Zero;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }
}
