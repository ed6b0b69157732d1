using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MLNet.Vae.Storage;

namespace MLNet.Vae.Fleets;

/// <inheritdoc cref="IFleetGrain"/>
/// <remarks>Training goes on beside calls, and takes turns with them; it changes nothing until it has a model.</remarks>
internal sealed partial class FleetGrain(
    [PersistentState("model", PatientStorage.Name)] IPersistentState<KeyModel> model,
    [PersistentState("readings", PatientStorage.Name)] IPersistentState<KeyReadings> readings,
    FleetTraining training,
    StorageRetry storage,
    IOptions<VaeClusterOptions> options,
    TimeProvider time,
    ILogger<FleetGrain> logger)
    : Grain, IFleetGrain, IDisposable
{
    private readonly CancellationTokenSource _stopped = new();

    private string _fleet = "", _key = "";
    private VaeFleetOptions? _options;
    private ReadingRing? _ring;
    private VaeScorer? _scorer;
    private string? _fault;
    private Task _training = Task.CompletedTask, _saving = Task.CompletedTask;
    private long _failedAt;
    private int _unsaved, _scoringVersion;

    private KeyReadings Known => readings.State;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_fleet, _key) = FleetKey.Parts(this.GetPrimaryKeyString());
        _options = options.Value.Fleets.TryGetValue(_fleet, out var found) ? found : null;
        if (_options is null)
            return Task.CompletedTask;
        if (Known.Width > 0)
            _ring = ReadingRing.Of(Known.Bytes, Known.Width, _options.MaximumReadings);
        // The ring has them.
        Known.Bytes = [];
        if (model.State.Onnx.Length > 0)
            (_scorer, _scoringVersion) = (Scorer(Read(model.State.Onnx)), model.State.Version);
        // So has the scorer.
        model.State.Onnx = [];
        TrainWhereDue();
        return Task.CompletedTask;
    }

    public Task<VaeFleetResult> Score(float[] rows, int width)
    {
        Check(rows, width);
        // What has no score is refused before any of it is kept.
        var result = Scored(rows, width);
        _ring ??= new(width, _options!.MaximumReadings);
        Known.Width = width;
        for (var at = 0; at < rows.Length; at += width)
            _ring.Add(rows.AsSpan(at, width));
        Known.Seen += rows.Length / width;
        _unsaved += rows.Length / width;
        if (_unsaved >= _options!.SaveEvery && _saving.IsCompleted)
            _saving = Save();
        TrainWhereDue();
        return Task.FromResult(result);
    }

    public Task<VaeFleetStatus> GetStatus()
    {
        CheckFleet();
        return Task.FromResult(Status());
    }

    public async Task<VaeFleetStatus> SetModel(byte[] onnx)
    {
        CheckFleet();
        var given = Read(onnx);
        if (Known.Width > 0 && given.Info.FeatureCount != Known.Width)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"\"{_key}\" of fleet \"{_fleet}\": expected a model of {Known.Width:N0} numbers, as its ")
                    + FormattableString.Invariant($"readings have, found one of {given.Info.FeatureCount:N0}. Give a model of the same."));
        }
        await Use(onnx, given, Known.Seen);
        return Status();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopped.CancelAsync();
        await _saving.WaitAsync(cancellationToken);
        if (_unsaved > 0 && storage.Takes(reason))
            await Save().WaitAsync(cancellationToken);
        _scorer?.Dispose();
    }

    public void Dispose() => _stopped.Dispose();

    private void CheckFleet()
    {
        if (_options is null)
        {
            throw new ArgumentException(
                $"\"{_fleet}\": expected the name of a fleet, found none of that name in VaeClusterOptions.Fleets of the silo. Add it, on "
                    + "every silo.");
        }
    }

    private void Check(float[] rows, int width)
    {
        CheckFleet();
        if (width < 1 || rows.Length == 0 || rows.Length % width != 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Expected readings of {width:N0} numbers each, found {rows.Length:N0} numbers. Give all ")
                    + "numbers of each reading, one reading after the other.");
        }
        var expected = Known.Width > 0 ? Known.Width : _scorer?.Model.Info.FeatureCount ?? width;
        if (width != expected)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"\"{_key}\" of fleet \"{_fleet}\": expected readings of {expected:N0} numbers, as those ")
                    + FormattableString.Invariant($"before, found {width:N0}. Give the same, or another key."));
        }
        if (Array.FindIndex(rows, number => !float.IsFinite(number)) is >= 0 and var at)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Reading {at / width:N0} (counted from 0), number {at % width:N0}: expected a finite number, ")
                    + FormattableString.Invariant($"found {rows[at]}. Leave the reading out, or put a number in its place."));
        }
    }

    private VaeFleetResult Scored(float[] rows, int width)
    {
        if (_scorer is null)
            return new() { ModelVersion = 0 };
        var scores = new float[rows.Length / width];
        _scorer.Score(rows, scores);
        return new()
        {
            Scores = scores,
            PredictedLabels = _scorer.Model.Info.Threshold is null ? null : Array.ConvertAll(scores, _scorer.PredictedLabel),
            ModelVersion = _scoringVersion,
        };
    }

    private void TrainWhereDue()
    {
        if (_ring is null || !_training.IsCompleted || _options is null)
            return;
        var isDue = model.State.Version == 0
            ? _ring.Count >= _options.MinimumReadings
            : Known.Seen - model.State.TrainedAt >= _options.RetrainEvery;
        if (isDue && (_failedAt == 0 || time.GetElapsedTime(_failedAt) > _options.RetryDelay))
            _training = Train();
    }

    private async Task Train()
    {
        var seen = Known.Seen;
        try
        {
            var onnx = await training.Train(
                new() { Fleet = _fleet, Key = _key, FeatureCount = Known.Width, Rows = _ring!.ToArray() }, _stopped.Token);
            var trained = Read(onnx);
            if (trained.Info.FeatureCount != Known.Width || !trained.Info.HasScore)
            {
                throw new InvalidOperationException(
                    FormattableString.Invariant($"The trainer of fleet \"{_fleet}\" gave a model that does not score readings of ")
                        + FormattableString.Invariant($"{Known.Width:N0} numbers. Correct it."));
            }
            await Use(onnx, trained, seen);
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // It is trained once the key is asked for again.
        }
        catch (Exception fault)
        {
            (_fault, _failedAt) = (fault.Message, time.GetTimestamp());
            NotTrained(fault, _fleet, _key);
        }
    }

    /// <summary>Scores by another model from here on, once storage has it.</summary>
    private async Task Use(byte[] onnx, VaeModel other, long seen)
    {
        var former = model.State;
        model.State = new() { Onnx = onnx, Version = former.Version + 1, TrainedAt = seen };
        try
        {
            await storage.Run("the model of a key", () => model.WriteStateAsync());
        }
        catch
        {
            model.State = former;
            throw;
        }
        model.State.Onnx = [];
        _scorer?.Dispose();
        (_scorer, _scoringVersion) = (Scorer(other), model.State.Version);
        (_fault, _failedAt) = (null, 0);
    }

    private async Task Save()
    {
        var saved = _unsaved;
        try
        {
            Known.Bytes = _ring!.ToBytes();
            await storage.Run("the readings of a key", () => readings.WriteStateAsync());
            _unsaved -= saved;
        }
        catch (IOException fault)
        {
            _fault = fault.Message;
        }
        finally
        {
            Known.Bytes = [];
        }
    }

    private VaeFleetStatus Status() => new()
    {
        Readings = Known.Seen,
        Kept = _ring?.Count ?? 0,
        ModelVersion = _scoringVersion,
        TrainedAt = model.State.TrainedAt,
        IsTraining = !_training.IsCompleted,
        Fault = _fault,
    };

    private VaeScorer Scorer(VaeModel of) => of.CreateScorer(options.Value.Scoring);

    /// <summary>Checked like a file of anybody's.</summary>
    private static VaeModel Read(byte[] onnx)
    {
        using var stream = new MemoryStream(onnx, writable: false);
        return VaeModel.Load(stream);
    }

    [LoggerMessage(1, LogLevel.Warning, "Key {Key} of fleet {Fleet} has no new model.")]
    private partial void NotTrained(Exception fault, string fleet, string key);
}
