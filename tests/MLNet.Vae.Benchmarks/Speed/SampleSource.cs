using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>The same rows in memory or in text files, which go with it.</summary>
internal sealed class SampleSource(MLContext mlContext, int features, bool fromText) : IDisposable
{
    private readonly string? _folder = fromText ? Directory.CreateTempSubdirectory("mlnetvae-speed-").FullName : null;

    public IDataView View(float[] values) => _folder is null ? new ArrayView(values, features) : Text(_folder, values);

    public void Dispose()
    {
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private IDataView Text(string folder, float[] values)
    {
        var file = Path.Combine(folder, $"{values.Length}.csv");
        using (var writer = new StreamWriter(file))
        {
            foreach (var row in values.Chunk(features))
                writer.WriteLine(string.Join(',', row.Select(v => v.ToString("G5", CultureInfo.InvariantCulture))));
        }
        return mlContext.Data.LoadFromTextFile(file, [new(ArrayView.Column, DataKind.Single, 0, features - 1)], separatorChar: ',');
    }
}
