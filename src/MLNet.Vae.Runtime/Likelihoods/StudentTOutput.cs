using MathNet.Numerics;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Likelihoods;

/// <summary>Student's t around x̂, the decoder's output: one scale s and one ν for all features.</summary>
/// <param name="LogScale">Natural log of s, normalised units.</param>
/// <param name="DegreesOfFreedom">ν.</param>
internal sealed record StudentTOutput(float LogScale, double DegreesOfFreedom) : OutputDistribution
{
    public override int NoiseOf(int features) => 2 * features;

    /// <summary>x̂: the mean where ν is above 1, the median always.</summary>
    public override string Mean(GraphBuilder graph, int features, string output) => output;

    /// <summary>x̂ + s √(ν (u^(−2/ν) − 1)) cos 2πv, u and v uniform (Bailey 1994): of all features u, then of all v.</summary>
    public override string Draw(GraphBuilder graph, int features, string output, string noise)
    {
        var normals = graph.Split("normals_of_radius_and_angle", noise, features, features);
        var uniform = graph.ToDouble("radius.uniform.double", graph.Uniform("radius.uniform", normals[0]));
        var logarithm = graph.Node("Log", "radius.log_uniform", uniform);
        var power = graph.Node("Mul", "radius.log_power", logarithm, graph.Double("radius.exponent", -2 / DegreesOfFreedom));
        var excess = graph.Node("Sub", "radius.excess", graph.Node("Exp", "radius.power", power), graph.Double("double.one", 1));
        var scale = graph.Double("radius.square.scale", DegreesOfFreedom * Math.Exp(2 * LogScale));
        var square = graph.Node("Mul", "radius.square", excess, scale);
        var radius = graph.ToSingle("radius", graph.Node("Sqrt", "radius.double", square));
        var angle = graph.Node("Mul", "angle", graph.Uniform("angle.uniform", normals[1]), graph.Constant("two_pi", MathF.Tau));
        return graph.Node("Add", "shifted", output, graph.Node("Mul", "shift", radius, graph.Node("Cos", "angle.cosine", angle)));
    }

    /// <summary>(x − x̂)².</summary>
    public override string ReconstructionError(GraphBuilder graph, int features, string x, string output)
    {
        var error = graph.Node("Sub", "error", x, output);
        return graph.Node("Mul", "squared_error", error, error);
    }

    /// <summary>
    /// ½(ν + 1) ln(1 + ((x − x̂)/s)²/ν) + ln s + ½ ln νπ + ln Γ(ν/2) − ln Γ((ν + 1)/2), in double precision: in single, 1 + t²/ν of a
    /// large ν rounds to 1.
    /// </summary>
    public override string NegativeLogDensity(GraphBuilder graph, int features, string x, string output)
    {
        var nu = DegreesOfFreedom;
        var normaliser = LogScale + Math.Log(nu * Math.PI) / 2 + SpecialFunctions.GammaLn(nu / 2) - SpecialFunctions.GammaLn((nu + 1) / 2);
        var error = graph.ToDouble("error.double", graph.Node("Sub", "error", x, output));
        var square = graph.Node("Mul", "squared_error.double", error, error);
        var share = graph.Node("Mul", "squared_error.share", square, graph.Double("squared_error.scale", Math.Exp(-2 * LogScale) / nu));
        var logarithm = graph.Node("Log", "tail.log", graph.Node("Add", "tail", share, graph.Double("double.one", 1)));
        var weighted = graph.Node("Mul", "tail.weighted", logarithm, graph.Double("tail.weight", (nu + 1) / 2));
        var density = graph.Node("Add", "negative_log_density.double", weighted, graph.Double("log_normaliser", normaliser));
        return graph.ToSingle("negative_log_density", density);
    }
}
