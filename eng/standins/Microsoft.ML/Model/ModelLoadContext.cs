using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where a component reads itself from.</summary>
internal sealed class ModelLoadContext
{
    private readonly Repository _repository;
    private readonly string _directory;

    private ModelLoadContext(Repository repository, string directory, BinaryReader reader)
        => (_repository, _directory, Reader) = (repository, directory, reader);

    public BinaryReader Reader { get; }

    public static TModel LoadOrNull<TModel>(Repository repository, string directory)
        where TModel : class
    {
        using var reader = repository.OpenOrNull(Repository.Join(directory, ModelSaveContext.ModelEntry));
        if (reader is null)
            return null;
        var env = repository.Environment;
        try
        {
            var signature = reader.ReadString();
            env.ComponentCatalog.RegisterAssembly(Assembly.Load(reader.ReadString()));
            var load = env.ComponentCatalog.Loader(signature) ?? throw env.ExceptDecode($"Couldn't load model: '{directory}'");
            return Create(env, () => load(env, new ModelLoadContext(repository, directory, reader))) as TModel ?? throw env.ExceptDecode($"Couldn't load model: '{directory}'");
        }
        catch (EndOfStreamException)
        {
            throw env.ExceptDecode($"Couldn't load model: '{directory}'");
        }
    }

    private static object Create(IHostEnvironment env, Func<object> load)
    {
        try
        {
            return load();
        }
        catch (Exception e)
        {
            throw env.Except("Error during class instantiation", e);
        }
    }

    public TModel LoadModel<TModel>(string name)
        where TModel : class
        => LoadOrNull<TModel>(_repository, Repository.Join(_directory, name)) ?? throw _repository.Environment.ExceptDecode("Corrupt model file");

    public byte[] LoadBytes(string name)
    {
        using var reader = _repository.OpenOrNull(Repository.Join(_directory, name)) ?? throw _repository.Environment.ExceptDecode($"Missing entry '{name}'");
        return reader.ReadBytes(reader.ReadInt32());
    }

    public string[] ReadStrings() => [.. Enumerable.Range(0, Reader.ReadInt32()).Select(_ => Reader.ReadString())];

    public float[] ReadSingles() => [.. Enumerable.Range(0, Reader.ReadInt32()).Select(_ => Reader.ReadSingle())];
}
