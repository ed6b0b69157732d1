using Examples;

namespace VectorSearch;

/// <summary>Stores vectors of pictures, and finds the pictures most like a few.</summary>
internal sealed class Search(PictureSet pictures, Models models, Database database)
{
    private const int Nearest = 10, AskedCount = 3, LineWidth = 80;
    private const string Table = "pictures";

    public void Run(int seed)
    {
        Output.Heading($"{pictures.Name}: {pictures.Stored.Length:N0} pictures to look in, {pictures.Asked.Length:N0} others");
        using var generator = models.Train(seed);
        var stored = generator.GenerateAsync(pictures.Stored).GetAwaiter().GetResult();
        using var table = new VectorTable(
            database, Table, pictures.Stored.Select(picture => picture.Label), [.. stored.Select(embedding => embedding.Vector)]);
        Output.Line($"table '{Table}': {table.VectorBytes} bytes a vector");
        var asked = pictures.Asked[..AskedCount];
        foreach (var (picture, embedding) in asked.Zip(generator.GenerateAsync(asked).GetAwaiter().GetResult()))
        {
            var found = table.Nearest(embedding.Vector, Nearest);
            var labels = string.Join(" ", found.Select(row => row.Label));
            Output.Heading($"A picture of {picture.Label}, and the {Nearest} most like it: {labels}");
            Output.Table(
                [Output.Right("Picture"), Output.Left("Shows"), Output.Right("Distance")],
                found.Select(row => new[] { $"{row.Id}", row.Label, $"{row.Distance:F2}" }));
            var shown = found.Select(row => pictures.Stored[row.Id]).Prepend(picture).Take(LineWidth / pictures.Width);
            Console.WriteLine(Picture.Text([.. shown], pictures.Width));
        }
    }
}
