namespace MLNet.Vae.Data;

/// <summary>A category occurs with a link.</summary>
/// <param name="Category">Its place among the values of its key, from 0.</param>
/// <param name="Target">That of the link: its slot, or its place among the values of its key.</param>
/// <param name="Row">Of the data, from 0.</param>
internal readonly record struct Link(int Category, int Target, int Row);
