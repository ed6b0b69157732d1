using MLNet.Vae.Compression;
using MLNet.Vae.Generation;
using MLNet.Vae.Interop;
using MLNet.Vae.Runtime;
using MLNet.Vae.Saving;

namespace MLNet.Vae;

/// <summary>
/// Rows as few bytes, and the rows back, with a trained model. Runs the exported model alone, with ONNX Runtime, on the CPU.
/// </summary>
/// <remarks>
/// <para>
/// A model with a Gaussian latent and a Bernoulli or categorical likelihood, or a mixture of these, gives the same rows back, bit for bit,
/// and takes in the mean what its bound says, −ELBO / ln 2 bits a row: bits back with asymmetric numeral systems (Townsend, Bird and Barber
/// 2019). Some 14 bits for each latent dimension and 36 bytes come on top, once for all rows, so that few rows take more. A model with
/// codes gives back what its decoder makes of them, and takes the bits that its prior over codes says, or log₂ of the codebook's size each.
/// </para>
/// <para>
/// Other likelihoods and latent variables are refused by name. What comes back depends on the last bits of what the network computes:
/// decompress where these are the same, with the same version of ONNX Runtime and of this library on a processor of the same kind. The
/// bytes hold a hash of the rows: rows that would come back as others are refused.
/// </para>
/// <para>Thread-safe. Dispose it to release the native sessions.</para>
/// </remarks>
public sealed class VaeCompressor : IDisposable
{
    private readonly ScoringHost _host = ScoringHost.Silent;
    private readonly ScoringContext _context;
    private readonly GeneratorArguments _arguments;
    private readonly IReadOnlyList<RowSymbols>? _symbols;
    private readonly IRowCoder _coder;
    private readonly ulong _fingerprint;

    private VaeCompressor(VaeModel model)
    {
        Model = model;
        var info = model.Info;
        if (!model.IsComplete)
            throw Refused(GenerationMessages.NeedsDecoder());
        if (info.TargetCount > 0)
            throw Refused(CompressionMessages.Target());
        if (!info.Latent.HasCodes && !info.Latent.IsStandardNormal(info))
            throw Refused(CompressionMessages.Latent(info.LatentKind, info.LearnedPrior));
        _symbols = info.Latent.HasCodes ? null : RowSymbols.Of(info) ?? throw Refused(CompressionMessages.Likelihood(info.Likelihood));
        // One thread: what several add up may differ in the last bit.
        _context = new(_host, model, new() { Threads = 1 }, typeof(VaeCompressor));
        _arguments = new(_host, model);
        _coder = _symbols is null ? new CodeCoder(model, new ModelRuns(_context, info)) : new BitsBackCoder(_context, info, _symbols);
        _fingerprint = model.Fingerprint();
    }

    /// <summary>The trained model.</summary>
    public VaeModel Model { get; }

    /// <summary>
    /// Whether the rows that come back are those that went in; <see langword="false"/>: of a model with codes, what its decoder makes of
    /// them.
    /// </summary>
    public bool IsLossless => _coder.IsLossless;

    /// <summary>A compressor over a model.</summary>
    /// <param name="model">A complete model: not one loaded from encoder.onnx.</param>
    /// <exception cref="InvalidOperationException">Its latent variable or likelihood is none that compresses; says which.</exception>
    public static VaeCompressor From(VaeModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(model);
    }

    /// <summary>A compressor over a model that was saved with <c>mlContext.Model.Save</c> or exported with <c>ExportOnnx</c>.</summary>
    /// <param name="path">A model.zip or scorer.onnx; its content tells which.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or foreign, or holds no or several variational autoencoders.</exception>
    /// <exception cref="InvalidOperationException">Its latent variable or likelihood is none that compresses; says which.</exception>
    public static VaeCompressor From(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(SavedFile.Read(path));
    }

    /// <summary>Rows as bytes.</summary>
    /// <param name="rows">Features, <c>[n][D]</c>: 0 or 1 where the likelihood is Bernoulli, one 1 among zeros where it is
    /// categorical.</param>
    /// <param name="condition">Of all rows, of a conditional model; not part of the bytes.</param>
    /// <returns>All of what <see cref="Decompress"/> needs beside the model and the condition.</returns>
    /// <exception cref="ArgumentException">
    /// A row has another width, is not finite, or has a value that is no symbol; the condition is missing, unknown or superfluous.
    /// </exception>
    public byte[] Compress(IReadOnlyList<float[]> rows, VaeConditionValue? condition = null)
    {
        _arguments.Features(nameof(rows), rows);
        var conditions = _arguments.Conditions(nameof(condition), condition, rows.Count);
        CheckSymbols(rows);
        float[][] array = [.. rows];
        var message = _coder.Encode(array, conditions);
        // −0 is 0, and comes back as that.
        var hash = _coder.IsLossless ? CompressedFile.HashOf(Array.ConvertAll(array, row => Array.ConvertAll(row, v => v + 0f))) : 0;
        return new CompressedFile(array.Length, _fingerprint, hash).Write(message);
    }

    /// <summary>Rows from bytes.</summary>
    /// <param name="bytes">As <see cref="Compress"/> gave them.</param>
    /// <param name="condition">That the rows were compressed with.</param>
    /// <returns><c>[n][D]</c>: the rows or, of a model with codes, what its decoder makes of them.</returns>
    /// <exception cref="ArgumentException">The condition is missing, unknown or superfluous.</exception>
    /// <exception cref="InvalidDataException">
    /// The bytes are damaged or were made with another model, or the rows do not come back here; says which.
    /// </exception>
    public float[][] Decompress(ReadOnlySpan<byte> bytes, VaeConditionValue? condition = null)
    {
        var (file, message) = Read(bytes);
        if (file.Model != _fingerprint)
            throw _host.Process(new InvalidDataException(CompressionMessages.NotOfThisModel()));
        var conditions = _arguments.Conditions(nameof(condition), condition, file.Rows);
        try
        {
            var rows = _coder.Decode(message, file.Rows, conditions);
            if (!_coder.IsLossless || CompressedFile.HashOf(rows) == file.Hash)
                return rows;
        }
        catch (DamagedMessageException)
        {
            // The bytes are whole: what was read off them was not what had been written.
        }
        throw _host.Process(new InvalidDataException(CompressionMessages.OtherRows()));
    }

    /// <summary>Releases the native sessions. Calling it again does nothing.</summary>
    public void Dispose() => _context.Dispose();

    private (CompressedFile File, AnsStack Message) Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return CompressedFile.Read(bytes);
        }
        catch (DamagedMessageException fault)
        {
            throw _host.Process(new InvalidDataException(CompressionMessages.Damaged(fault.Message), fault));
        }
    }

    private void CheckSymbols(IReadOnlyList<float[]> rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var part in _symbols ?? [])
            {
                if (part.FirstOther(rows[i]) is >= 0 and var slot)
                {
                    var name = Model.Info.FeatureNames?[slot];
                    throw _host.Process(new ArgumentException(
                        CompressionMessages.NoSymbol(i, slot, name, rows[i][slot], part.Expected), nameof(rows)));
                }
            }
        }
    }

    private InvalidOperationException Refused(string message) => _host.Process(new InvalidOperationException(message));
}
