using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where a component writes itself: a folder of the model file.</summary>
public sealed class ModelSaveContext
{
    internal const string ModelEntry = "Model.key";

    private readonly Repository _repository;
    private readonly string _directory;
    private bool _signed;

    private ModelSaveContext(Repository repository, string directory, BinaryWriter writer)
        => (_repository, _directory, Writer) = (repository, directory, writer);

    internal BinaryWriter Writer { get; }

    internal static void SaveModel(Repository repository, ICanSaveModel model, string directory)
        => repository.Write(Repository.Join(directory, ModelEntry), writer =>
        {
            var context = new ModelSaveContext(repository, directory, writer);
            model.Save(context);
            repository.Environment.Check(context._signed, "ModelSignature not specified!");
        });

    /// <summary>Says which class reads what follows.</summary>
    internal void Sign(string signature, Type loader)
    {
        _signed = true;
        Writer.Write(signature);
        Writer.Write(loader.Assembly.FullName);
    }

    internal void SaveModel(ICanSaveModel model, string name) => SaveModel(_repository, model, Repository.Join(_directory, name));

    internal void SaveBytes(string name, byte[] bytes) => _repository.Write(Repository.Join(_directory, name), writer =>
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    });

    internal void Write(IReadOnlyCollection<string> texts)
    {
        Writer.Write(texts.Count);
        foreach (var text in texts)
            Writer.Write(text);
    }

    internal void Write(IReadOnlyCollection<float> numbers)
    {
        Writer.Write(numbers.Count);
        foreach (var number in numbers)
            Writer.Write(number);
    }
}
