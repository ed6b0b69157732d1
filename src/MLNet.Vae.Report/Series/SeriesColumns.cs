using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Reporting;

/// <summary>The columns that a report of a series reads, all of them checked.</summary>
internal sealed class SeriesColumns
{
    private readonly DataViewSchema _schema;
    private readonly List<string> _faults;

    public SeriesColumns(VaeSeriesReportOptions options, DataViewSchema schema)
    {
        _schema = schema;
        _faults = [.. options.Faults()];
        var isOutOfRange = _faults.Count > 0;

        Time = Optional(
            nameof(options.TimeColumnName),
            options.TimeColumnName,
            type => type is DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType or NumberDataViewType,
            "a DateTime, a DateTimeOffset, a TimeSpan or a number of seconds",
            "Convert it, or set the option to null to count rows."
        );
        Key = Optional(
            nameof(options.KeyColumnName),
            options.KeyColumnName,
            type => type is TextDataViewType or KeyDataViewType || (type is NumberDataViewType && !IsReal(type)),
            "text, a key or an integer",
            "Convert it, or set the option to null for one series."
        );
        Channels = ChannelsOf(options);
        Score = Find(
            nameof(options.ScoreColumnName),
            options.ScoreColumnName,
            type => type == NumberDataViewType.Single,
            "Single",
            "Name the score that the model gives.",
            isOptional: false
        );
        ChannelScores = Vector(nameof(options.ChannelScoresColumnName), options.ChannelScoresColumnName);
        Predicted = Optional(
            nameof(options.PredictedLabelColumnName),
            options.PredictedLabelColumnName,
            type => type is BooleanDataViewType,
            "Boolean, true for an anomaly",
            "Convert it, or set the option to null to compare the score with the threshold."
        );
        Expected = Vector(nameof(options.ExpectedColumnName), options.ExpectedColumnName);
        Label = Optional(
            nameof(options.LabelColumnName),
            options.LabelColumnName,
            AnomalyLabel.CanRead,
            AnomalyLabel.Expected,
            "Convert it, or set the option to null."
        );
        if (_faults.Count == 0)
            return;
        throw isOutOfRange
            ? new ArgumentException(ReportMessages.Faults(_faults))
            : new InvalidOperationException(ReportMessages.Faults(_faults));
    }

    public DataViewSchema.Column? Time { get; }

    public DataViewSchema.Column? Key { get; }

    public IReadOnlyList<SeriesChannel> Channels { get; }

    public DataViewSchema.Column? Score { get; }

    public DataViewSchema.Column? ChannelScores { get; }

    public DataViewSchema.Column? Predicted { get; }

    public DataViewSchema.Column? Expected { get; }

    public DataViewSchema.Column? Label { get; }

    public IEnumerable<DataViewSchema.Column> Needed
    {
        get
        {
            DataViewSchema.Column?[] all = [Time, Key, Score, ChannelScores, Predicted, Expected, Label];
            return all.OfType<DataViewSchema.Column>()
                .Concat(Channels.Select(channel => channel.Column))
                .DistinctBy(column => column.Index);
        }
    }

    private static bool IsReal(DataViewType type) => type == NumberDataViewType.Single || type == NumberDataViewType.Double;

    private static bool IsVector(DataViewType type, Func<DataViewType, bool> ofItems) =>
        type is VectorDataViewType { IsKnownSize: true } vector && ofItems(vector.ItemType);

    private List<SeriesChannel> ChannelsOf(VaeSeriesReportOptions options)
    {
        const string Option = nameof(options.ChannelColumnNames);
        var channels = new List<SeriesChannel>();
        if (options.ChannelColumnNames.IsDefaultOrEmpty)
            return channels;
        foreach (var name in options.ChannelColumnNames)
        {
            if (Find(
                    Option,
                    name,
                    type => type is NumberDataViewType || IsVector(type, IsReal),
                    "a number, or a vector of Single or Double of known size",
                    "Convert it, or leave it out.",
                    isOptional: false
                ) is not { } column)
            {
                continue;
            }

            if (column.Type is not VectorDataViewType { Size: var size })
            {
                channels.Add(new(name, column, null));
                continue;
            }

            var slots = InputColumn.SlotNamesOf(column, size);
            string NameOf(int slot) =>
                slots?[slot] is { Length: > 0 } text ? text : string.Create(CultureInfo.InvariantCulture, $"{name}[{slot}]");
            channels.AddRange(Enumerable.Range(0, size).Select(slot => new SeriesChannel(NameOf(slot), column, slot)));
        }

        if (channels.Count > VaeSeriesReportOptions.MaximumChannels)
            _faults.Add(SeriesMessages.TooManyChannels(channels.Count));
        return channels;
    }

    // Where a column of channels is at fault, how many there are is not known.
    private DataViewSchema.Column? Vector(string option, string? name)
    {
        var count = _faults.Exists(fault => fault.Contains(nameof(VaeSeriesReportOptions.ChannelColumnNames), StringComparison.Ordinal))
            ? (int?)null
            : Channels.Count;
        return Optional(
            option,
            name,
            type => IsVector(type, item => item == NumberDataViewType.Single)
                && (count is null || ((VectorDataViewType)type).Size == count),
            string.Create(CultureInfo.InvariantCulture, $"Vector<Single, {count?.ToString(CultureInfo.InvariantCulture) ?? "channels"}>")
            + ", a value for each channel",
            "Name such a column, or set the option to null."
        );
    }

    private DataViewSchema.Column? Optional(string option, string? name, Func<DataViewType, bool> fits, string expected, string remedy) =>
        name is null ? null : Find(option, name, fits, expected, remedy, isOptional: true);

    private DataViewSchema.Column? Find(
        string option,
        string name,
        Func<DataViewType, bool> fits,
        string expected,
        string remedy,
        bool isOptional
    )
    {
        if (_schema.GetColumnOrNull(name) is not { } column)
        {
            _faults.Add(SeriesMessages.Missing(option, name, _schema, isOptional));
            return null;
        }

        if (fits(column.Type))
            return column;
        _faults.Add(SeriesMessages.OtherType(option, name, expected, column.Type, remedy));
        return null;
    }
}
