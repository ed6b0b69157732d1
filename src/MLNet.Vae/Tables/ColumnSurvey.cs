using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Cells;
using MLNet.Vae.Groups;
using MLNet.Vae.Windows;

namespace MLNet.Vae.Tables;

/// <summary>What training tells of one column, row by row. One per pass.</summary>
internal abstract class ColumnSurvey(string name, string type, VaeColumnKind? asked)
{
    /// <summary>Up to as many values are a bin each; otherwise this is the most bins, about, and fewer where there are few rows.</summary>
    private const int MostBins = 128, LeastBins = 16, RowsOfBin = 40;

    private long _missing;

    protected string Name => name;

    protected VaeColumnKind? Asked => asked;

    protected virtual bool IsInteger => false;

    /// <summary>The kinds that columns of a type may have.</summary>
    public static IReadOnlyList<VaeColumnKind> Allowed(string type) => type switch
    {
        CellType.Text or CellType.Key => [VaeColumnKind.Categorical],
        CellType.Boolean => [VaeColumnKind.Boolean],
        CellType.DateTime => [VaeColumnKind.Time],
        _ when CellType.IsVector(type) => [VaeColumnKind.Vector],
        _ =>
        [
            VaeColumnKind.Gaussian, VaeColumnKind.LogNormal, VaeColumnKind.Quantile, VaeColumnKind.Poisson, VaeColumnKind.NegativeBinomial,
            VaeColumnKind.Histogram, VaeColumnKind.Categorical, VaeColumnKind.Boolean,
        ],
    };

    /// <param name="row">The current row.</param>
    /// <param name="column">Of its schema, of a type that a table has.</param>
    /// <param name="asked">The kind that the options ask for.</param>
    /// <param name="seed">Of a sample.</param>
    public static ColumnSurvey Of(DataViewRow row, DataViewSchema.Column column, VaeColumnKind? asked, int seed)
    {
        var type = CellType.Of(column.Type)!;
        return column.Type switch
        {
            TextDataViewType => new Texts(column.Name, type, asked, Text(row.GetGetter<ReadOnlyMemory<char>>(column))),
            KeyDataViewType key => new Texts(
                column.Name, type, asked, Key(CellReader.Number(row, column), CellReader.KeyTexts(column, key))),
            BooleanDataViewType => new Flags(column.Name, type, row.GetGetter<bool>(column)),
            DateTimeDataViewType or DateTimeOffsetDataViewType => new Times(column.Name, type, TimeSeconds.Of(row, column), seed),
            VectorDataViewType vector => new Vectors(column.Name, type, vector.Size),
            _ when asked == VaeColumnKind.Categorical => new Texts(
                column.Name, type, asked, TextOf(CellReader.Number(row, column))),
            _ => new Numbers(column.Name, type, asked, CellReader.Number(row, column), seed),
        };
    }

    /// <summary>Takes the current row.</summary>
    public void Take()
    {
        if (!TakeValue())
            _missing++;
    }

    /// <summary>What all ranks of a group have taken.</summary>
    public void Merge(TrainingGroup group)
    {
        _missing = group.Each(_missing).Sum();
        MergeValues(group);
    }

    /// <exception cref="InvalidOperationException">
    /// The column has no value in any row, or cannot be of the kind that was asked for.
    /// </exception>
    public VaeTableColumn Column(VaeTableOptions options, long rows)
    {
        if (_missing == rows)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Column '{name}' is missing in all {rows} rows: expected values to train on. Name it in ")
                + $"{nameof(VaeTableOptions)}.{nameof(VaeTableOptions.IgnoredColumnNames)}.");
        }
        var choice = asked is { } kind ? new(kind, "asked for") : Choose(options);
        return new()
        {
            Name = name,
            Type = type,
            Kind = choice.Kind,
            Reason = choice.Reason,
            Rows = rows,
            Missing = _missing,
            IsInteger = IsInteger,
            Fields = choice.Kind is { } chosen ? [.. Fields(chosen, options)] : [],
        };
    }

    /// <returns>Whether there was a value.</returns>
    protected abstract bool TakeValue();

    protected abstract void MergeValues(TrainingGroup group);

    protected abstract ColumnChoice Choose(VaeTableOptions options);

    protected abstract IEnumerable<VaeTableField> Fields(VaeColumnKind kind, VaeTableOptions options);

    private static VaeHistogram Histogram(NumberSurvey survey)
    {
        var sorted = survey.Sorted();
        return HistogramBuilder.Of(
            sorted, HistogramBuilder.Distinct(sorted) <= MostBins ? MostBins : Math.Clamp(sorted.Length / RowsOfBin, LeastBins, MostBins));
    }

    private static VaeTableField Field(string name, VaeColumnKind kind, int count) => new() { Name = name, Kind = kind, Count = count };

    private static VaeTableField Categories(string name, IReadOnlyList<string> categories)
        => Field(name, VaeColumnKind.Categorical, categories.Count + 1) with { Categories = categories };

    private static Func<ReadOnlySpan<char>> Text(ValueGetter<ReadOnlyMemory<char>> getter)
    {
        ReadOnlyMemory<char> text = default;
        return () =>
        {
            getter(ref text);
            return text.Span;
        };
    }

    private static Func<ReadOnlySpan<char>> Key(Func<double> key, string[] texts) => () =>
    {
        var place = key() - 1;
        return place >= 0 && place < texts.Length ? texts[(int)place] : "";
    };

    private static Func<ReadOnlySpan<char>> TextOf(Func<double> number) => () =>
    {
        var value = number();
        return double.IsNaN(value) ? "" : NumberText.Of(value);
    };

    private sealed class Texts(string name, string type, VaeColumnKind? asked, Func<ReadOnlySpan<char>> text)
        : ColumnSurvey(name, type, asked)
    {
        private readonly TextSurvey _survey = new();

        protected override bool TakeValue()
        {
            var value = text();
            if (!value.IsEmpty)
                _survey.Add(value);
            return !value.IsEmpty;
        }

        protected override void MergeValues(TrainingGroup group) => _survey.Merge(group);

        protected override ColumnChoice Choose(VaeTableOptions options) => TextChoice.Of(_survey, options.MaximumCategories);

        protected override IEnumerable<VaeTableField> Fields(VaeColumnKind kind, VaeTableOptions options)
        {
            var (texts, share) = _survey.MostFrequent(options.MaximumCategories);
            return [Categories(Name, texts) with { OtherShare = texts.Length == _survey.Distinct && !_survey.IsBeyond ? 0 : 1 - share }];
        }
    }

    private sealed class Numbers(string name, string type, VaeColumnKind? asked, Func<double> number, int seed)
        : ColumnSurvey(name, type, asked)
    {
        private readonly NumberSurvey _survey = new(seed);
        private double _infinite;

        protected override bool IsInteger => _survey.IsInteger;

        protected override bool TakeValue()
        {
            var value = number();
            if (double.IsInfinity(value))
                _infinite = value;
            else if (!double.IsNaN(value))
                _survey.Add(value);
            return !double.IsNaN(value);
        }

        protected override void MergeValues(TrainingGroup group)
        {
            _survey.Merge(group);
            _infinite = Array.Find(group.Each<double>([_infinite]), value => value != 0);
        }

        protected override ColumnChoice Choose(VaeTableOptions options)
            => _survey.Count == 0 ? new(VaeColumnKind.Gaussian, "") : NumberChoice.Of(_survey);

        protected override IEnumerable<VaeTableField> Fields(VaeColumnKind kind, VaeTableOptions options)
        {
            if (_infinite != 0)
            {
                throw new InvalidOperationException(
                    $"Column '{Name}' has an infinite value: expected finite numbers. Leave its row out, or make the value NaN, which is "
                    + "missing.");
            }
            var (least, greatest) = (_survey.Least, _survey.Greatest);
            var expected = kind switch
            {
                VaeColumnKind.LogNormal when !(least > 0) => "numbers above 0",
                VaeColumnKind.Poisson or VaeColumnKind.NegativeBinomial when !(least >= 0 && IsInteger) => "integers, 0 or above",
                VaeColumnKind.Boolean when !(least >= 0 && greatest <= 1 && IsInteger) => "0 and 1",
                _ => null,
            };
            if (expected is not null)
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"Column '{Name}' is to be {kind}: expected {expected}, but found numbers from {least} to {greatest}. Choose another ")
                    + $"kind in {nameof(VaeTableOptions)}.{nameof(VaeTableOptions.ColumnKinds)}.");
            }
            var histogram = Histogram(_survey);
            return [Field(Name, kind, kind == VaeColumnKind.Histogram ? histogram.Count + 2 : 1) with { Histogram = histogram }];
        }
    }

    private sealed class Flags(string name, string type, ValueGetter<bool> getter) : ColumnSurvey(name, type, null)
    {
        private long _true, _false;

        protected override bool TakeValue()
        {
            var value = false;
            getter(ref value);
            if (value)
                _true++;
            else
                _false++;
            return true;
        }

        protected override void MergeValues(TrainingGroup group)
            => (_true, _false) = (group.Each(_true).Sum(), group.Each(_false).Sum());

        protected override ColumnChoice Choose(VaeTableOptions options) => _true == 0 || _false == 0
            ? new(null, $"constant: always {(_true > 0 ? "true" : "false")}")
            : new(VaeColumnKind.Boolean, "false and true");

        protected override IEnumerable<VaeTableField> Fields(VaeColumnKind kind, VaeTableOptions options)
        {
            var share = _true / (double)(_true + _false);
            var histogram = new VaeHistogram { Lower = [0, 1], Upper = [0, 1], Mean = [0, 1], Share = [1 - share, share] };
            return [Field(Name, kind, 1) with { Histogram = histogram }];
        }
    }

    private sealed class Times(string name, string type, Func<double> seconds, int seed) : ColumnSurvey(name, type, null)
    {
        private readonly NumberSurvey _days = new(seed);
        private bool _hasHours;

        protected override bool TakeValue()
        {
            var time = seconds();
            if (!double.IsFinite(time) || time == 0)
                return false;
            _days.Add(time / TimeParts.SecondsPerDay);
            _hasHours |= time % TimeParts.SecondsPerDay != 0;
            return true;
        }

        protected override void MergeValues(TrainingGroup group)
        {
            _days.Merge(group);
            _hasHours = group.Any(_hasHours);
        }

        protected override ColumnChoice Choose(VaeTableOptions options) => _days.Least == _days.Greatest
            ? new(null, $"constant: always {TimeParts.Of(_days.Least * TimeParts.SecondsPerDay):u}")
            : new(VaeColumnKind.Time, _hasHours ? "days, weekday, hour" : "days, weekday");

        protected override IEnumerable<VaeTableField> Fields(VaeColumnKind kind, VaeTableOptions options)
        {
            yield return Field(Name, VaeColumnKind.Quantile, 1) with { Histogram = Histogram(_days) };
            yield return Categories(Name + TimeParts.Weekday, TimeParts.Weekdays);
            if (_hasHours)
                yield return Categories(Name + TimeParts.Hour, TimeParts.Hours);
        }
    }

    private sealed class Vectors(string name, string type, int size) : ColumnSurvey(name, type, null)
    {
        protected override bool TakeValue() => true;

        protected override void MergeValues(TrainingGroup group)
        {
            // A vector has no value of its own to choose by.
        }

        protected override ColumnChoice Choose(VaeTableOptions options)
            => new(VaeColumnKind.Vector, FormattableString.Invariant($"a vector of {size}"));

        protected override IEnumerable<VaeTableField> Fields(VaeColumnKind kind, VaeTableOptions options) => [Field(Name, kind, size)];
    }
}
