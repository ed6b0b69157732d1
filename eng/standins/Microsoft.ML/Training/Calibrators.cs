namespace Microsoft.ML.Calibrators;

/// <summary>Turns a score into a probability.</summary>
public interface ICalibrator
{
    float PredictProbability(float output);
}

/// <summary>The logistic function of a score.</summary>
public sealed class PlattCalibrator : ICalibrator
{
    internal PlattCalibrator(double slope, double offset) => (Slope, Offset) = (slope, offset);

    public double Slope { get; }
    public double Offset { get; }

    public float PredictProbability(float output) => (float)(1 / (1 + Math.Exp((Slope * output) + Offset)));
}

/// <summary>A model and what calibrates its scores.</summary>
public abstract class CalibratedModelParametersBase<TSubModel, TCalibrator>
    where TSubModel : class
    where TCalibrator : class, ICalibrator
{
    private protected CalibratedModelParametersBase(TSubModel subModel, TCalibrator calibrator) => (SubModel, Calibrator) = (subModel, calibrator);

    public TSubModel SubModel { get; }
    public TCalibrator Calibrator { get; }
}
