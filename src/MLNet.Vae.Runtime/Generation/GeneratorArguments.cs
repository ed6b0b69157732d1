using MLNet.Vae.Columns;
using MLNet.Vae.Interop;
using MLNet.Vae.Missing;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Generation;

/// <summary>Checks what a user gives a generator, once, at the door.</summary>
internal sealed class GeneratorArguments(ScoringHost host, VaeModel model)
{
    private readonly VaeModelInfo _info = model.Info;

    public void AtLeast(string parameter, string what, int least, int found)
    {
        if (found < least)
            throw host.Process(new ArgumentOutOfRangeException(parameter, GenerationMessages.Counted(what, least, found)));
    }

    public void Scale(string parameter, string what, double found, bool zeroAllowed)
    {
        if (!double.IsFinite(found) || found < 0 || (found == 0 && !zeroAllowed))
        {
            throw host.Process(
                new ArgumentOutOfRangeException(
                    parameter,
                    GenerationMessages.NotFinite(what, zeroAllowed ? "a finite number, 0 or above" : "a finite number above 0", found)
                )
            );
        }
    }

    public void Dimension(string parameter, int found)
    {
        if (found < 0 || found >= _info.LatentDimension)
        {
            throw host.Process(
                new ArgumentOutOfRangeException(parameter, GenerationMessages.DimensionOutOfRange(found, _info.LatentDimension))
            );
        }
    }

    public void OtherDimension(string parameter, int first, int second)
    {
        if (first == second)
            throw host.Process(new ArgumentException(GenerationMessages.SameDimension(first), parameter));
    }

    /// <summary>One of an enumeration.</summary>
    public void Choice<T>(string parameter, T found) where T : struct, Enum
    {
        if (!Enum.IsDefined(found))
        {
            throw host.Process(
                new ArgumentOutOfRangeException(parameter, $"Expected one of {string.Join(", ", Enum.GetNames<T>())}; found {found}.")
            );
        }
    }

    public void Features(string parameter, IReadOnlyList<float[]> rows) =>
        Rows(
            parameter,
            "Row",
            rows,
            _info.FeatureCount,
            (what, i, length) => GenerationMessages.RowOfWrongWidth(what, i, _info.FeatureCount, length, "features"),
            _info.FeatureNames,
            MaskLayout.Of(_info)
        );

    public void Features(string parameter, float[] row) =>
        Row(
            parameter,
            "The row",
            -1,
            row,
            _info.FeatureCount,
            (what, i, length) => GenerationMessages.RowOfWrongWidth(what, i, _info.FeatureCount, length, "features"),
            _info.FeatureNames,
            MaskLayout.Of(_info)
        );

    public void Codes(string parameter, IReadOnlyList<float[]> codes) =>
        Rows(
            parameter,
            "Code",
            codes,
            _info.LatentDimension,
            (what, i, length) => GenerationMessages.CodeOfWrongWidth(what, i, _info.LatentDimension, length, _info.Latent.HasCodes),
            null
        );

    /// <summary>Keys of a codebook, which count from 1.</summary>
    /// <returns>Numbers of entries, which count from 0.</returns>
    public int[][] Keys(string parameter, IReadOnlyList<uint[]> keys)
    {
        HasKeys();
        ArgumentNullException.ThrowIfNull(keys, parameter);
        var codes = new int[keys.Count][];
        for (var i = 0; i < codes.Length; i++)
        {
            if (keys[i]?.Length != _info.CodeCount)
                throw host.Process(new ArgumentException(GenerationMessages.KeysOfWrongWidth(i, _info, keys[i]?.Length), parameter));
            if (Array.FindIndex(keys[i], key => key < 1 || key > _info.CodebookSize) is >= 0 and var place)
                throw host.Process(new ArgumentException(GenerationMessages.KeyOutOfRange(i, place, _info, keys[i][place]), parameter));
            codes[i] = Array.ConvertAll(keys[i], key => (int)key - 1);
        }
        return codes;
    }

    public void HasKeys()
    {
        if (!_info.Latent.HasCodes)
            throw host.Process(new InvalidOperationException(GenerationMessages.HasNoKeys(_info.LatentKind)));
    }

    public void Code(string parameter, float[] code) =>
        Row(
            parameter,
            "The code",
            -1,
            code,
            _info.LatentDimension,
            (what, i, length) => GenerationMessages.CodeOfWrongWidth(what, i, _info.LatentDimension, length),
            null
        );

    /// <summary>The condition as the graphs take it; <see langword="null"/>: the model has none.</summary>
    public float[]? Condition(string parameter, VaeConditionValue? condition)
    {
        if (_info.ConditionCount == 0)
        {
            return condition is null
                ? null
                : throw host.Process(new ArgumentException(GenerationMessages.HasNoCondition(condition), parameter));
        }
        if (condition is null)
            throw host.Process(new ArgumentException(GenerationMessages.NeedsCondition(_info), parameter));
        return ConditionValues.Of(_info, condition, out var fault) ?? throw host.Process(new ArgumentException(fault, parameter));
    }

    /// <summary>The same condition for each of several rows.</summary>
    public float[][]? Conditions(string parameter, VaeConditionValue? condition, int count)
    {
        if (Condition(parameter, condition) is not { } values)
            return null;
        var conditions = new float[count][];
        Array.Fill(conditions, values);
        return conditions;
    }

    public void NoCodes(string what, string why)
    {
        if (_info.Latent.HasCodes)
            throw host.Process(new InvalidOperationException(GenerationMessages.Codes(what, why)));
    }

    public void Prior(string what)
    {
        if (!_info.Latent.HasPrior)
            throw host.Process(new InvalidOperationException(GenerationMessages.NoPrior(what)));
        if (_info.Latent.NeedsPriorGraph(_info) && !model.Computes(TensorNames.PriorMean))
            throw host.Process(new InvalidOperationException(GenerationMessages.WithoutGraph("graph of its prior")));
    }

    public void Draw(string parameter, VaeDraw draw)
    {
        Choice(parameter, draw);
        if (draw == VaeDraw.Random && !model.Computes(TensorNames.Draw))
            throw host.Process(new InvalidOperationException(GenerationMessages.WithoutGraph("graph to draw rows from its likelihood")));
    }

    private void Rows(
        string parameter,
        string what,
        IReadOnlyList<float[]> rows,
        int width,
        Func<string, int, int, string> wrongWidth,
        IReadOnlyList<string>? names,
        MaskLayout? mask = null
    )
    {
        ArgumentNullException.ThrowIfNull(rows, parameter);
        for (var i = 0; i < rows.Count; i++)
            Row(parameter, what, i, rows[i], width, wrongWidth, names, mask);
    }

    private void Row(
        string parameter,
        string what,
        int index,
        float[]? row,
        int width,
        Func<string, int, int, string> wrongWidth,
        IReadOnlyList<string>? names,
        MaskLayout? mask = null
    )
    {
        if (row is null)
        {
            throw host.Process(
                index < 0 ? new ArgumentNullException(parameter) : new ArgumentException(GenerationMessages.NullRow(what, index), parameter)
            );
        }
        if (row.Length != width)
            throw host.Process(new ArgumentException(wrongWidth(what, index, row.Length), parameter));
        if (mask?.FirstInPart(row) is var (start, count, missing))
            throw host.Process(new ArgumentException(GenerationMessages.MissingInPart(what, index, missing, start, count), parameter));
        if ((mask is null ? FiniteValues.IndexOfFirstOther(row) : MaskLayout.IndexOfInfinity(row)) is >= 0 and var slot)
        {
            throw host.Process(
                new ArgumentException(GenerationMessages.NonFiniteRow(what, index, slot, names?[slot], row[slot]), parameter)
            );
        }
    }
}
