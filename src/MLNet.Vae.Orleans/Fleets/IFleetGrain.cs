namespace MLNet.Vae.Fleets;

/// <summary>One key of a fleet: its model, its last readings, and the training of the next model.</summary>
[Alias("MLNet.Vae.IFleetGrain")]
internal interface IFleetGrain : IGrainWithStringKey
{
    [Alias("Score")]
    Task<VaeFleetResult> Score(float[] readings, int width);

    [Alias("GetStatus")]
    Task<VaeFleetStatus> GetStatus();

    [Alias("SetModel")]
    Task<VaeFleetStatus> SetModel(byte[] onnx);
}
