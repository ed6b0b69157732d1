using System.Text;

namespace MLNet.Vae.Tests.PublicApi;

/// <summary>Lines that one text has and the other has not, each below the heading it stands under.</summary>
internal static class TextDifference
{
    public static string Of(string before, string after)
    {
        var (old, now) = (before.Split('\n'), after.Split('\n'));
        var common = CommonLengths(old, now);
        var text = new StringBuilder();
        string? heading = null, shown = null;
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            var line = j < now.Length ? now[j] : "";
            if (i < old.Length && j < now.Length && old[i] == line)
            {
                heading = IsHeading(line) ? line : heading;
                (i, j) = (i + 1, j + 1);
            }
            else if (j < now.Length && (i == old.Length || common[i, j + 1] >= common[i + 1, j]))
            {
                heading = IsHeading(line) ? null : heading;
                Show('+', now[j++]);
            }
            else
            {
                Show('-', old[i++]);
            }
        }

        return text.ToString();

        void Show(char sign, string line)
        {
            if (heading is not null && heading != shown)
            {
                text.Append("  ").Append(heading).Append('\n');
            }

            shown = heading;
            text.Append(sign).Append(' ').Append(line).Append('\n');
        }
    }

    private static bool IsHeading(string line) => line.Length > 0 && line[0] != ' ';

    /// <summary>Length of the longest common subsequence of the rests that begin at each pair of lines.</summary>
    private static int[,] CommonLengths(string[] old, string[] now)
    {
        var lengths = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = old[i] == now[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }
}
