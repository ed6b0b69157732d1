using System.Text;
using MLNet.Vae.Partitions;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Orleans.Partitions;

public sealed class LineRangeTests
{
    [Theory]
    [InlineData("one\ntwo\nthree\nfour\n")]
    [InlineData("one\r\ntwo\r\n\r\nfour")]
    [InlineData("one")]
    [InlineData("\n\n")]
    [InlineData("")]
    public void Ranges_side_by_side_share_every_line_out_once(string text)
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("lines.txt");
        File.WriteAllText(path, text);
        var all = Lines(path, 0, long.MaxValue);
        Assert.Equal(File.ReadAllLines(path), all);
        for (var first = 0; first <= text.Length; first++)
        {
            for (var second = first; second <= text.Length; second++)
                Assert.Equal(all, [.. Lines(path, 0, first), .. Lines(path, first, second), .. Lines(path, second, long.MaxValue)]);
        }
    }

    [Fact]
    public void A_line_may_be_longer_than_what_is_read_at_once()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("lines.txt");
        string[] lines = [new('a', 200_000), "b", new('c', 70_000), ""];
        File.WriteAllText(path, string.Join('\n', lines));
        Assert.Equal(lines[..3], Lines(path, 0, long.MaxValue));
        Assert.Equal(lines[1..3], Lines(path, 1, long.MaxValue));
    }

    [Fact]
    public void A_header_is_left_out()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("lines.txt");
        File.WriteAllText(path, "a,b\n1,2\n3,4\n");
        var ranges = VaePartition.OfText(path, 2, hasHeader: true);
        Assert.Equal(["1,2", "3,4"], ranges.SelectMany(range => Lines(path, range.From, range.To)));
    }

    private static List<string> Lines(string path, long from, long to)
    {
        using var range = new LineRange(path, from, to);
        var lines = new List<string>();
        while (range.TryRead(out var line))
            lines.Add(Encoding.UTF8.GetString(line));
        return lines;
    }
}
