namespace MLNet.Vae.Windows;

/// <summary>A reading is earlier than the one before it.</summary>
/// <param name="before">The time of that, seconds.</param>
internal sealed class TimeDisorderException(double before) : Exception
{
    public double Before => before;
}
