namespace MLNet.Vae;

/// <summary>
/// Trains the models of a fleet. Registered with the silos under the fleet's name, so that what trains is the program's to choose:
/// <c>services.AddKeyedSingleton&lt;IVaeFleetTrainer, MyTrainer&gt;("pumps")</c>. A silo calls it for
/// <see cref="VaeClusterOptions.MaximumTrainings"/> keys at once, on threads of the pool.
/// </summary>
public interface IVaeFleetTrainer
{
    /// <summary>Trains a model of the readings of a key.</summary>
    /// <param name="readings">What it is trained on.</param>
    /// <param name="cancellation">Ends it, as the silo stops.</param>
    /// <returns>A model of <see cref="VaeFleetReadings.FeatureCount"/> features that scores them.</returns>
    Task<VaeModel> Train(VaeFleetReadings readings, CancellationToken cancellation);
}
