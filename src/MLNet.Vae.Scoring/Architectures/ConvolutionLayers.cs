namespace MLNet.Vae.Architectures;

/// <summary>Cross-correlation with each filter, which is what the field calls convolution, and a bias for each.</summary>
/// <param name="Shape">Sizes.</param>
/// <param name="Weight"><c>[outputs, inputs, kernel, kernel]</c>, row-major.</param>
/// <param name="Bias"><c>[outputs]</c>.</param>
internal sealed record ConvolutionLayer(ConvolutionShape Shape, float[] Weight, float[] Bias) : Layer;

/// <summary>The transpose of a convolution, <c>[N, outputs, …]</c> → <c>[N, inputs, height, width]</c>, and a bias for each map that comes out.</summary>
/// <param name="Shape">Sizes of the convolution.</param>
/// <param name="Weight"><c>[outputs, inputs, kernel, kernel]</c>, row-major.</param>
/// <param name="Bias"><c>[inputs]</c>.</param>
internal sealed record TransposedConvolutionLayer(ConvolutionShape Shape, float[] Weight, float[] Bias) : Layer;

/// <summary>Rows to maps: <c>[N, values]</c> → <c>[N, channels, height, width]</c>.</summary>
/// <param name="Shape">How the values of a row lie.</param>
internal sealed record ToMapsLayer(ImageShape Shape) : Layer;

/// <summary>
/// Maps to rows, <c>[N, parts·channels, height, width]</c> → <c>[N, parts·values]</c>: the first value of each pixel and channel, then the
/// second of each, and so on.
/// </summary>
/// <param name="Shape">How the values of a part lie.</param>
/// <param name="Parts">Values of each pixel and channel.</param>
internal sealed record ToRowsLayer(ImageShape Shape, int Parts) : Layer;
