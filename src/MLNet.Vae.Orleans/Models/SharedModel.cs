using System.Security.Cryptography;
using MLNet.Vae.Saving;

namespace MLNet.Vae.Models;

/// <summary>A model of a file, with the one scorer by which a silo scores with it.</summary>
internal sealed class SharedModel : IDisposable
{
    private SharedModel(VaeModel model, string identity, VaeScoringOptions options)
    {
        (Identity, Model) = (identity, model);
        Throwing = model.CreateScorer(options with { NonFiniteInput = NonFiniteHandling.Throw });
        Tolerant = model.CreateScorer(options with { NonFiniteInput = NonFiniteHandling.ReturnNaN });
    }

    public VaeModel Model { get; }

    /// <summary>Of the file's bytes: what is made of them may differ between versions of the package.</summary>
    public string Identity { get; }

    private VaeScorer Throwing { get; }

    private VaeScorer Tolerant { get; }

    /// <summary>Sessions are made at its first use.</summary>
    public VaeScorer Scorer(NonFiniteHandling handling) => handling == NonFiniteHandling.Throw ? Throwing : Tolerant;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It holds no model, or one of a newer format.</exception>
    public static SharedModel Load(string path, VaeScoringOptions options)
    {
        var before = Hash(path);
        var model = SavedFile.Read(path);
        return Hash(path) == before
            ? new(model, before, options)
            : throw new IOException($"'{path}': expected a model that stays, found one that changed while it was read. Try again.");
    }

    public void Dispose()
    {
        Throwing.Dispose();
        Tolerant.Dispose();
    }

    private static string Hash(string path)
    {
        if (!File.Exists(path))
            return "";
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
