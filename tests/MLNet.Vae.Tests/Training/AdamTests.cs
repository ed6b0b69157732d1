using MLNet.Vae.Modules;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Training;

public sealed class AdamTests
{
    [Fact]
    public void Follows_the_formula_of_the_paper()
    {
        double[] gradients = [1, -0.5, 3, 0];
        using var parameters = new ParameterVector(CPU);
        parameters.Add(tensor(new[] { 2f }));
        parameters.Build();
        using var adam = new Adam(parameters);

        var (theta, m, v) = (2.0, 0.0, 0.0);
        for (var step = 1; step <= gradients.Length; step++)
        {
            parameters.Gradients.fill_((float)gradients[step - 1]);
            adam.Step(learningRate: 0.1);

            m = 0.9 * m + 0.1 * gradients[step - 1];
            v = 0.999 * v + 0.001 * gradients[step - 1] * gradients[step - 1];
            theta -= 0.1 * (m / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, step))) + 1e-8);
            Assert.Equal(theta, parameters.Values.item<float>(), 1e-5);
        }
    }
}
