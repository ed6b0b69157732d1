using MLNet.Vae.Latents;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Compression;

/// <summary>
/// The codes of a vector-quantised model, each by the prior over codes given those before it or, where the model has none, each entry as
/// likely. What comes back is what the decoder makes of them.
/// </summary>
/// <param name="model">Has the codebook.</param>
/// <param name="runs">Runs its graphs.</param>
internal sealed class CodeCoder(VaeModel model, ModelRuns runs) : IRowCoder
{
    private readonly uint[] _uniform = Frequencies.Starts([.. Enumerable.Repeat(1.0, model.Info.CodebookSize)]);

    public bool IsLossless => false;

    public AnsStack Encode(float[][] rows, float[][]? conditions)
    {
        var codes = runs.EncodeCodes(rows, conditions);
        var said = new List<(uint Start, uint Frequency)>();
        Walk(rows.Length, conditions, (row, code, starts) =>
        {
            var symbol = codes[row][code];
            said.Add((starts[symbol], starts[symbol + 1] - starts[symbol]));
            return symbol;
        });
        var stack = new AnsStack();
        // The last first: it comes back last.
        for (var i = said.Count - 1; i >= 0; i--)
            stack.Push(said[i].Start, said[i].Frequency, Frequencies.Precision);
        return stack;
    }

    public float[][] Decode(AnsStack message, int count, float[][]? conditions)
    {
        var codes = Walk(count, conditions, (_, _, starts) => Frequencies.Pop(message, starts));
        var codebook = model.CodebookEntries();
        return runs.Decode(Array.ConvertAll(codes, row => row.SelectMany(number => codebook[number]).ToArray()), conditions);
    }

    private int[][] Walk(int count, float[][]? conditions, Func<int, int, uint[], int> choose)
    {
        var info = model.Info;
        if (info.CodePrior is { } prior)
        {
            return new CodeWalk(CodePriorLayout.Of(info), model.CodePriorEntries(), prior.Units, runs.CodePrior)
                .Run(count, conditions, (row, code, logits) => choose(row, code, Frequencies.Starts(Frequencies.Weights(logits))));
        }
        var codes = new int[count][];
        for (var row = 0; row < count; row++)
        {
            codes[row] = new int[info.CodeCount];
            for (var code = 0; code < info.CodeCount; code++)
                codes[row][code] = choose(row, code, _uniform);
        }
        return codes;
    }
}
