using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Tables;

/// <summary>
/// Π p(x_j | z, x_1 … x_(j−1)), or without z, while it is fitted: <see cref="MaskedNetwork"/> over all fields of a batch.
/// </summary>
internal sealed class MaskedDensity : IDisposable
{
    /// <summary>Share of units that are left out of a step (Srivastava et al. 2014).</summary>
    private const double Dropout = 0.2;

    // No unit and no logit is of this degree or above.
    private const int Hidden = int.MaxValue;

    private readonly RowCodes _codes;
    private readonly MaskedDense _first, _second, _output, _direct;
    private readonly Tensor _inputStarts, _scoreColumns, _scoreTable, _scoreStarts, _scoreFields;

    /// <param name="codes">How fields are numbered.</param>
    /// <param name="latents">Values of z.</param>
    /// <param name="givenLatent">Whether z is looked at: otherwise its weights are 0.</param>
    /// <param name="units">Of a hidden layer.</param>
    /// <param name="parameters">Takes the weights.</param>
    /// <param name="random">Draws them.</param>
    public MaskedDensity(RowCodes codes, int latents, bool givenLatent, int units, ParameterVector parameters, Generator random)
    {
        _codes = codes;
        // A unit of degree d sees z and the first d fields; the logits of field j, from 0, are of degree j.
        int[] known =
        [
            .. Enumerable.Repeat(givenLatent ? 0 : Hidden, latents),
            .. Enumerable.Range(0, codes.Fields).SelectMany(field => Enumerable.Repeat(field + 1, InputsOf(field))),
        ];
        int[] hidden = [.. Enumerable.Range(0, units).Select(unit => unit % codes.Fields)];
        int[] logits = [.. Enumerable.Range(0, codes.Fields).SelectMany(field => Enumerable.Repeat(field, codes.Codes[field]))];
        _first = new(known, hidden, parameters, random);
        _second = new(hidden, hidden, parameters, random);
        _output = new(hidden, logits, parameters, random);
        _direct = new(known, logits, parameters, random);

        long[] numbers = [.. Enumerable.Range(0, codes.Fields).Where(field => codes.ScoresOf(field).Count > 0).Select(field
            => (long)field)];
        var table = numbers.SelectMany(field => codes.ScoresOf((int)field)).ToArray();
        var starts = new long[numbers.Length];
        for (var i = 1; i < starts.Length; i++)
            starts[i] = starts[i - 1] + codes.Codes[(int)numbers[i - 1]];
        _inputStarts = Kept(Enumerable.Range(0, codes.Fields).Select(field => (long)codes.InputOf(field)));
        _scoreFields = Kept(numbers);
        _scoreColumns = Kept(numbers.Select(field => (long)codes.InputOf((int)field) + codes.Codes[(int)field]));
        _scoreStarts = Kept(starts);
        _scoreTable = tensor(table.Length == 0 ? [0f] : table).DetachFromDisposeScope();

        int InputsOf(int field) => codes.Codes[field] + (codes.ScoresOf(field).Count > 0 ? 1 : 0);
        static Tensor Kept(IEnumerable<long> values) => tensor(values.ToArray()).DetachFromDisposeScope();
    }

    /// <summary>Begins as how often each value of a field occurs, whatever comes before it.</summary>
    /// <param name="counts">Of each value of each field, <c>[logits]</c>.</param>
    public void Start(double[] counts)
    {
        var bias = new float[counts.Length];
        for (var field = 0; field < _codes.Fields; field++)
        {
            var own = counts.AsSpan(_codes.Starts[field], _codes.Codes[field]);
            double total = own.Length;
            foreach (var count in own)
                total += count;
            for (var code = 0; code < own.Length; code++)
                bias[_codes.Starts[field] + code] = (float)Math.Log((own[code] + 1) / total);
        }
        _output.SetBias(bias);
    }

    /// <summary>
    /// −ln p of the observed fields of each row, nats: codes <c>[rows, fields]</c>, −1 missing; z <c>[rows, L]</c> → <c>[rows]</c>.
    /// </summary>
    /// <param name="codes">Numbers of the fields.</param>
    /// <param name="z">Codes of the rows.</param>
    /// <param name="dropout">Draws which units are left out; <see langword="null"/>: none is.</param>
    public Tensor NegativeLogProbability(Tensor codes, Tensor z, Generator? dropout = null)
    {
        using Scalar zero = 0;
        using var isObserved = codes.ge(zero);
        var observed = isObserved.to(ScalarType.Float32);
        var place = codes.clamp_min(zero);
        var logits = Logits(cat([z, Inputs(place, observed)], 1), dropout);
        var nats = zeros(codes.size(0));
        for (var field = 0; field < _codes.Fields; field++)
        {
            var own = nn.functional.cross_entropy(
                logits.narrow(1, _codes.Starts[field], _codes.Codes[field]), place.select(1, field), reduction: nn.Reduction.None);
            nats = nats.Plus(own.mul(observed.select(1, field)));
        }
        return nats;
    }

    public MaskedNetwork Export() => new(_first.Export(), _second.Export(), _output.Export(), _direct.Export());

    public void Dispose()
    {
        foreach (var layer in new[] { _first, _second, _output, _direct })
            layer.Dispose();
        foreach (var constant in new[] { _inputStarts, _scoreColumns, _scoreTable, _scoreStarts, _scoreFields })
            constant.Dispose();
    }

    private Tensor Logits(Tensor known, Generator? dropout)
    {
        var units = Kept(nn.functional.silu(_first.Forward(known)), dropout);
        units = Kept(nn.functional.silu(_second.Forward(units)), dropout);
        return _output.Forward(units).Plus(_direct.Forward(known));
    }

    /// <summary>Those that are kept stand for the others too.</summary>
    private static Tensor Kept(Tensor units, Generator? dropout)
    {
        if (dropout is null)
            return units;
        using Scalar share = Dropout, scale = 1 / (1 - Dropout);
        return units.mul(rand(units.shape, generator: dropout).ge(share).to_type(ScalarType.Float32)).mul(scale);
    }

    private Tensor Inputs(Tensor place, Tensor observed)
    {
        var rows = place.size(0);
        var inputs = zeros(rows, _codes.InputCount);
        inputs.scatter_(1, place.add(_inputStarts), observed);
        if (_scoreFields.numel() > 0)
        {
            var numbers = place.index_select(1, _scoreFields).add(_scoreStarts);
            var scores = _scoreTable.index_select(0, numbers.reshape(-1)).view(rows, -1).mul(observed.index_select(1, _scoreFields));
            inputs.scatter_(1, _scoreColumns.unsqueeze(0).expand(rows, -1), scores);
        }
        return inputs;
    }
}
