using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Saves, loads and applies models.</summary>
public sealed class ModelOperationsCatalog : IInternalCatalog
{
    private const string SchemaEntry = "Schema";
    private const string ModelDirectory = "TransformerChain";

    private readonly IHostEnvironment _env;

    internal ModelOperationsCatalog(IHostEnvironment env) => _env = env;

    IHostEnvironment IInternalCatalog.Environment => _env;

    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        _env.CheckValue(stream, nameof(stream));
        using var repository = Repository.Create(_env, stream);
        if (model is not null)
            ModelSaveContext.SaveModel(repository, model, ModelDirectory);
        if (inputSchema is not null)
            repository.Write(SchemaEntry, writer => SchemaCodec.Write(writer, inputSchema));
    }

    public void Save(ITransformer model, DataViewSchema inputSchema, string filePath)
    {
        _env.CheckNonEmpty(filePath, nameof(filePath));
        using var stream = File.Create(filePath);
        Save(model, inputSchema, stream);
    }

    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        _env.CheckValue(stream, nameof(stream));
        using var repository = Repository.Open(_env, stream);
        using var schema = repository.OpenOrNull(SchemaEntry);
        try
        {
            inputSchema = schema is null ? null : SchemaCodec.Read(schema);
        }
        catch (EndOfStreamException)
        {
            throw _env.ExceptDecode("The schema of the model file is cut short.");
        }
        return ModelLoadContext.LoadOrNull<ITransformer>(repository, ModelDirectory) ?? throw (schema is null
            ? _env.Except("Could not load legacy format model")
            : _env.ExceptDecode("Corrupt model file"));
    }

    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        _env.CheckNonEmpty(filePath, nameof(filePath));
        using var stream = File.OpenRead(filePath);
        return Load(stream, out inputSchema);
    }

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, bool ignoreMissingColumns = true,
        SchemaDefinition inputSchemaDefinition = null, SchemaDefinition outputSchemaDefinition = null)
        where TSrc : class
        where TDst : class, new()
        => new(_env, transformer, ignoreMissingColumns, inputSchemaDefinition, outputSchemaDefinition);
}
