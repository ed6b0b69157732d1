using System.IO.Compression;
using MLNet.Vae.Modules;

namespace FileFragments;

/// <summary>Splits files into two sides and draws fragments from each, as many of every kind.</summary>
internal sealed class CorpusBuilder(int fragmentsPerKind, int seed)
{
    private const int FewestNames = 4;
    private const int FewestTrainFragments = 60;
    private const int FewestTestFragments = 20;
    private const int OneTestNameIn = 3;
    private const int OneTestFragmentPer = 3;
    private const int MostDeflatedFiles = 40;
    private const int ShortestToDeflate = 8 * Fragment.Length;

    private readonly Random _random = new(seed);
    private readonly List<string> _notes = [];

    public Corpus Build(IReadOnlyList<SourceFile> files)
    {
        var sides = FileKind.All.ToDictionary(kind => kind, kind => Split(files.Where(file => file.Kind == kind)));
        var archives = sides[FileKind.Archive].Names;
        if (archives < FewestNames)
        {
            _notes.Add($"{archives} archives found, {FewestNames} needed: files of the other kinds are compressed in memory instead.");
            var (train, test) = (
                Deflated(sides.Values.SelectMany(kind => kind.Train)),
                Deflated(sides.Values.SelectMany(kind => kind.Test))
            );
            sides[FileKind.Archive] = (train.Count + test.Count, train, test);
        }

        var drawn = new List<(string Kind, List<Fragment> Train, List<Fragment> Test)>();
        foreach (var (kind, (names, train, test)) in sides)
        {
            var (forTraining, forTest) = (Draw(train, fragmentsPerKind), Draw(test, fragmentsPerKind / OneTestFragmentPer));
            if (names < FewestNames || forTraining.Count < FewestTrainFragments || forTest.Count < FewestTestFragments)
            {
                _notes.Add($"Kind '{kind}' is left out: {names} files with {forTraining.Count + forTest.Count} fragments found, "
                    + $"{FewestNames} with {FewestTrainFragments + FewestTestFragments} needed.");
                continue;
            }

            drawn.Add((kind, forTraining, forTest));
        }

        return new(
            [.. drawn.SelectMany(kind => kind.Train)],
            [.. drawn.SelectMany(kind => kind.Test)],
            [.. drawn.Select(kind => new KindCount(kind.Kind, Files(kind.Train), kind.Train.Count, Files(kind.Test), kind.Test.Count))],
            _notes);
    }

    private static int Files(IEnumerable<Fragment> fragments) => fragments.Select(fragment => fragment.File).Distinct().Count();

    /// <summary>Files whose names differ in a version at most go to the same side: they are builds of one another.</summary>
    private static (int Names, List<SourceFile> Train, List<SourceFile> Test) Split(IEnumerable<SourceFile> files)
    {
        var names = files.GroupBy(file => file.NameWithoutVersion)
            .OrderByDescending(name => name.Sum(file => file.Length)).ThenBy(name => name.Key, StringComparer.Ordinal).ToArray();
        var test = names.Where((_, index) => index % OneTestNameIn == 1).SelectMany(name => name).ToList();
        var train = names.Where((_, index) => index % OneTestNameIn != 1).SelectMany(name => name).ToList();
        return (names.Length, train, test);
    }

    /// <summary>A round takes one fragment from each file, until there are enough: no file weighs more than it must.</summary>
    private List<Fragment> Draw(IEnumerable<SourceFile> files, int count)
    {
        var order = files.ToArray();
        _random.Shuffle(order);
        var rounds = new Queue<(SourceFile File, Queue<long> Offsets)>(order.Select(file => (file, Offsets(file))));
        var fragments = new List<Fragment>(count);
        while (fragments.Count < count && rounds.TryDequeue(out var next))
        {
            if (Next(next.File, next.Offsets) is { } fragment)
            {
                fragments.Add(fragment);
                rounds.Enqueue(next);
            }
        }

        return fragments;
    }

    private Queue<long> Offsets(SourceFile file)
    {
        const int most = 1 << 12;
        var whole = file.Length / Fragment.Length;
        var step = Math.Max(1, whole / most);
        var offsets = Enumerable.Range(0, (int)Math.Min(whole, most)).Select(index => index * step * Fragment.Length).ToArray();
        _random.Shuffle(offsets);
        return new(offsets);
    }

    /// <summary>The next fragment that is not padding, one byte value throughout.</summary>
    private static Fragment? Next(SourceFile file, Queue<long> offsets)
    {
        Span<byte> bytes = stackalloc byte[Fragment.Length];
        while (offsets.TryDequeue(out var offset))
        {
            file.Read(offset, bytes);
            if (bytes.ContainsAnyExcept(bytes[0]))
            {
                return new()
                {
                    Kind = file.Kind,
                    Features = ByteHistogram.Of(bytes),
                    File = file.Path,
                    Offset = offset,
                    IsAnomaly = FileKind.IsTextual(file.Kind) ? 0 : 1,
                };
            }
        }

        return null;
    }

    private static List<SourceFile> Deflated(IEnumerable<SourceFile> files)
        => [.. files.Where(file => file.Length is >= ShortestToDeflate and <= int.MaxValue).Take(MostDeflatedFiles).Select(file =>
        {
            var content = new byte[file.Length];
            file.Read(0, content);
            using var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            {
                gzip.Write(content);
            }

            return SourceFile.InMemory(file.Name + ".gz", file.Path + ".gz (in memory)", FileKind.Archive, compressed.ToArray());
        })];
}
