using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Tests.Onnx;

/// <summary>What it means that a member of a model's metadata is left out: each is walked over.</summary>
public sealed class InfoJsonTests
{
    /// <summary>Members that are not written where they have the default of their type, and so have that where they are absent.</summary>
    private static readonly string[] Defaults =
    [
        $"{nameof(VaeModelInfo)}.featureKind", $"{nameof(VaeModelInfo)}.learnedPrior",
        $"{nameof(VaeModelInfo)}.knownAnomalyCount", $"{nameof(VaeModelInfo)}.referenceRowCount",
        $"{nameof(VaeModelInfo)}.codeMapHeight", $"{nameof(VaeModelInfo)}.codeMapWidth", $"{nameof(VaeModelInfo)}.classCount",
        $"{nameof(VaeModelInfo)}.tokenCount", $"{nameof(VaeModelInfo)}.missingValues",
        $"{nameof(VaeEpoch)}.isPretraining", $"{nameof(VaeTableField)}.otherShare",
    ];

    /// <summary>Lists that are empty where they are absent, as the first files had them not.</summary>
    private static readonly string[] EmptyLists =
    [
        $"{nameof(VaeModelInfo)}.levelDimensions", $"{nameof(VaeTrainingHistory)}.restarts", $"{nameof(VaeTrainingHistory)}.warnings",
    ];

    public static TheoryData<string> Members => [.. Contract().Select(member => member.Name)];

    [Theory]
    [MemberData(nameof(Members))]
    public void A_member_that_is_left_out_is_refused_by_name_or_has_its_documented_default(string name)
    {
        var member = Contract().Single(member => member.Name == name);
        var place = name.Split('.')[1];
        var removed = 0;
        var json = JsonNode.Parse(InfoJson.Write(Full()))!;
        foreach (var owner in Objects(json, typeof(VaeModelInfo)).Where(pair => pair.Type == member.Owner).Select(pair => pair.Node))
        {
            Assert.True(owner.Remove(place), $"{name} is in no sample");
            removed++;
        }
        Assert.NotEqual(0, removed);

        if (member.IsRequired)
        {
            var fault = Assert.Throws<JsonException>(() => InfoJson.Read(json.ToJsonString()));
            Assert.Contains($"'{place}'", fault.Message, StringComparison.Ordinal);
        }
        else
        {
            // Left out again as it is written, so that it has what being left out stands for.
            var written = JsonNode.Parse(InfoJson.Write(InfoJson.Read(json.ToJsonString())))!;
            if (EmptyLists.Contains(name))
            {
                var owner = Objects(written, typeof(VaeModelInfo)).Single(pair => pair.Type == member.Owner).Node;
                Assert.Empty(owner[place]!.AsArray());
                owner.Remove(place);
            }
            Assert.Equal(json.ToJsonString(), written.ToJsonString());
        }
    }

    /// <summary>A number or a list that is absent has no value to stand for: it is required, or the list above says otherwise.</summary>
    [Fact]
    public void What_is_not_required_may_be_null_or_is_named_here()
        => Assert.Equal(
            Defaults.Concat(EmptyLists).Order(),
            Contract().Where(member => !member.IsRequired && !member.MayBeNull).Select(member => member.Name).Order());

    private sealed record Member(Type Owner, string Name, bool IsRequired, bool MayBeNull);

    /// <summary>Of all records that metadata consists of.</summary>
    private static List<Member> Contract()
    {
        var (found, seen, next) = (new List<Member>(), new HashSet<Type>(), new Queue<Type>([typeof(VaeModelInfo)]));
        while (next.TryDequeue(out var type))
        {
            if (!seen.Add(type) || InfoJson.Default.GetTypeInfo(type) is not { Kind: JsonTypeInfoKind.Object } info)
                continue;
            foreach (var derived in info.PolymorphismOptions?.DerivedTypes ?? [])
                next.Enqueue(derived.DerivedType);
            foreach (var property in info.Properties.Where(IsRead))
            {
                // Of a base that is never made itself, its kinds say.
                if (info.PolymorphismOptions is null)
                    found.Add(new(type, $"{type.Name}.{property.Name}", IsRequired(property), MayBeNull(property)));
                next.Enqueue(ElementOf(property.PropertyType));
            }
        }
        return found;

        static bool IsRead(JsonPropertyInfo property)
            => (property.Get is not null && property.Set is not null) || property.AssociatedParameter is not null;

        static bool IsRequired(JsonPropertyInfo property)
            => property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false };

        static bool MayBeNull(JsonPropertyInfo property) => property.PropertyType is var type
            && (Nullable.GetUnderlyingType(type) is not null || (!type.IsValueType && property.IsSetNullable));
    }

    private static Type ElementOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? ElementOf(plain.GetGenericArguments()[0])
            : plain;
    }

    /// <summary>Every object in metadata, with what it is an object of.</summary>
    private static IEnumerable<(JsonObject Node, Type Type)> Objects(JsonNode? node, Type type)
    {
        if (node is JsonArray array)
            return [.. array.SelectMany(item => Objects(item, type))];
        if (node is not JsonObject one || InfoJson.Default.GetTypeInfo(type) is not { Kind: JsonTypeInfoKind.Object } info)
            return [];
        if (info.PolymorphismOptions is { } options)
        {
            var kind = one[options.TypeDiscriminatorPropertyName]!.GetValue<string>();
            type = options.DerivedTypes.Single(derived => (string)derived.TypeDiscriminator! == kind).DerivedType;
            info = InfoJson.Default.GetTypeInfo(type)!;
        }
        return
        [
            (one, type),
            .. info.Properties.SelectMany(property => Objects(one[property.Name], ElementOf(property.PropertyType))),
        ];
    }

    private static VaeSeriesLevel Level => new() { Mean = 1, Deviation = 2, DegreesOfFreedom = 3 };

    /// <summary>Every member has a value that is written. No model is all of this; whether there can be one is not asked here.</summary>
    private static VaeModelInfo Full() => new()
    {
        FeatureCount = 2,
        LatentDimension = 2,
        LatentKind = VaeLatentKind.Hierarchical,
        ComponentCount = 1,
        Components = [new() { Weight = 1, Mean = [0, 1], LogSigma = [0, -1] }],
        CodeCount = 1,
        CodebookSize = 2,
        CodeMapHeight = 1,
        CodeMapWidth = 1,
        CodePrior = new() { Units = 4, HeldOutNats = 1, Nats = 2, Epochs = 3, BestEpoch = 2 },
        ClassCount = 2,
        ClassNames = ["x", "y"],
        LevelDimensions = [1, 1],
        FeatureKind = VaeInputKind.OneHot,
        FeatureItemType = "Double",
        MissingValues = VaeMissingValues.Observed,
        TokenCount = 2,
        TokenNames = ["k", "l"],
        ConditionCount = 2,
        ConditionKind = VaeInputKind.Key,
        ConditionItemType = "Int32",
        ConditionNames = ["a", "b"],
        LearnedPrior = true,
        ReferenceRowCount = 7,
        KnownAnomalyCount = 3,
        Table = new()
        {
            ContributionsColumn = "c",
            Sampler = new() { Units = 1, GivenLatent = true, HeldOutNats = 2, Nats = 1, Epochs = 2, BestEpoch = 1 },
            Columns =
            [
                new()
                {
                    Name = "a",
                    Type = "Text",
                    Kind = VaeColumnKind.Categorical,
                    Reason = "r",
                    Rows = 3,
                    Missing = 1,
                    IsInteger = true,
                    Fields =
                    [
                        new()
                        {
                            Name = "a",
                            Kind = VaeColumnKind.Categorical,
                            Start = 1,
                            Count = 2,
                            OtherShare = 0.5,
                            Categories = ["x"],
                            Histogram = new() { Lower = [0], Upper = [1], Mean = [0.5], Share = [1] },
                        },
                    ],
                },
            ],
        },
        Series = new()
        {
            Columns = ["v"],
            Steps = 2,
            KeyColumn = "k",
            TimeColumn = "t",
            MaximumGapSeconds = 60,
            Threshold = 4,
            ModelScore = Level,
            Channels = [new() { Name = "v", EffectiveReadings = 40, Window = Level, Newest = Level }],
        },
        TargetCount = 1,
        TargetNames = ["t"],
        ImageShape = new(1, 2, 1, PixelLayout.Planar),
        Architecture = "mlp",
        Likelihood = "any",
        Normalization = "any",
        DecoderSigma = 1,
        FeatureSigmas = [1, null],
        DegreesOfFreedom = 3,
        Dispersions = [2],
        FeatureNames = ["f", "g"],
        ScoreKind = VaeScoreKind.ReconstructionError,
        Threshold = 1,
        Contamination = 0.1,
        Calibration = new(2, [1, 2]),
        Support =
        [
            new CountSupport(0, 1, "p"), new UnitIntervalSupport(1, 1, "q"), new CategorySupport(0, 2, "r"),
            new SequenceSupport(0, 2, 2, "s"),
        ],
        DrawNoiseCount = 3,
        Columns = new()
        {
            Features = "A",
            Condition = "B",
            Embedding = "C",
            LogSigma = "D",
            Components = "E",
            Reconstruction = "F",
            Codes = "G",
            ClassProbabilities = "L",
            PredictedClass = "M",
            Score = "H",
            PredictedLabel = "I",
            PValue = "J",
            Contributions = "K",
        },
        Training = new()
        {
            Epochs =
            [
                new()
                {
                    Epoch = 1,
                    IsPretraining = true,
                    Reconstruction = 2,
                    Kl = 1,
                    Penalty = 0,
                    Beta = 1,
                    ValidationElbo = -3,
                    ValidationStandardError = 1,
                    ImportanceWeightedBound = -2,
                    ReconstructionPerPart = [new("p", 1)],
                    KlPerDimension = [1, 2],
                    KlPerLevel = [1, 2],
                    ActiveUnits = 2,
                    Perplexity = 1,
                    DecoderSigma = 1,
                    LearningRate = 0.1,
                    RowsPerSecond = 1,
                },
            ],
            BestEpoch = 1,
            FinalValidationElbo = -3,
            FinalValidationStandardError = 1,
            TrainingRows = 10,
            ValidationRows = 2,
            Elapsed = TimeSpan.FromSeconds(1),
            StopReason = VaeStopReason.Completed,
            Seed = 1,
            Restarts = [new() { Seed = 1, BestEpoch = 1, Loss = 1, ValidationElbo = -1, IsChosen = true }],
            Device = "cpu",
            Warnings = ["w"],
        },
    };
}
