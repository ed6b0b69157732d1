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
public abstract class CalibratedModelParametersBase
{
    private protected CalibratedModelParametersBase(object subModel, ICalibrator calibrator) => (SubModel, Calibrator) = (subModel, calibrator);

    public object SubModel { get; }
    public ICalibrator Calibrator { get; }
}

/// <inheritdoc />
public abstract class CalibratedModelParametersBase<TSubModel, TCalibrator> : CalibratedModelParametersBase
    where TSubModel : class
    where TCalibrator : class, ICalibrator
{
    private protected CalibratedModelParametersBase(TSubModel subModel, TCalibrator calibrator)
        : base(subModel, calibrator) => (SubModel, Calibrator) = (subModel, calibrator);

    public new TSubModel SubModel { get; }
    public new TCalibrator Calibrator { get; }
}
