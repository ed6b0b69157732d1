using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

[assembly: Loadable("OVAExec", typeof(OneVersusAllModelParameters))]

namespace Microsoft.ML
{
    /// <summary>Trainers made of trainers.</summary>
    public static class StandardTrainersCatalog
    {
        private const int MostCalibrationExamples = 1000000000;

        public static OneVersusAllTrainer OneVersusAll<TModel>(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
            ITrainerEstimator<BinaryPredictionTransformer<TModel>, TModel> binaryEstimator, string labelColumnName = "Label", bool imputeMissingLabelsAsNegative = false,
            IEstimator<ISingleFeaturePredictionTransformer<ICalibrator>> calibrator = null, int maximumCalibrationExampleCount = MostCalibrationExamples, bool useProbabilities = true)
            where TModel : class
        {
            var env = catalog.GetEnvironment();
            env.CheckValue(labelColumnName, nameof(labelColumnName));
            env.CheckParam(calibrator is null && useProbabilities, nameof(calibrator), "The stand-in takes the probabilities of a calibrated model only.");
            return new OneVersusAllTrainer(env, binaryEstimator, labelColumnName);
        }
    }
}

namespace Microsoft.ML.Trainers
{
    /// <summary>One model for each class against all others.</summary>
    public sealed class OneVersusAllTrainer : IEstimator<MulticlassPredictionTransformer<OneVersusAllModelParameters>>
    {
        private readonly IHost _host;
        private readonly IEstimator<ISingleFeaturePredictionTransformer<object>> _binary;
        private readonly string _label;

        internal OneVersusAllTrainer(IHostEnvironment env, IEstimator<ISingleFeaturePredictionTransformer<object>> binary, string label)
            => (_host, _binary, _label) = (env.Register("OVA"), binary, label);

        public MulticlassPredictionTransformer<OneVersusAllModelParameters> Fit(IDataView input)
        {
            var label = input.Schema.Find(_host, "Label", _label, "column");
            if (label.Type is not KeyDataViewType { Count: var classes } || label.Type.RawType != typeof(uint))
                throw _host.ExceptColumn("inputSchema", "label", _label, "Key<UInt32>", label.Type.ToString());
            var cached = new CacheView(input);
            var models = new List<IBinaryModel>();
            string features = null;
            for (uint key = 1; key <= classes; key++)
            {
                var trained = _binary.Fit(new MapperView(_host, cached, IsClass(label, key)));
                features = trained.FeatureColumnName;
                models.Add((IBinaryModel)trained.Model);
            }
            var builder = new DataViewSchema.Builder();
            builder.AddColumn(label.Name, label.Type, AnnotationKinds.Of(a => a.Add(label.Annotations, kind => kind == AnnotationKinds.KeyValues)));
            return new MulticlassPredictionTransformer<OneVersusAllModelParameters>(_host, new OneVersusAllModelParameters(models), features, builder.ToSchema());
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            _host.CheckValue(inputSchema, nameof(inputSchema));
            if (!inputSchema.TryFindColumn(_label, out var label))
                throw _host.ExceptColumn("labelCol", "label", _label);
            if (!label.IsKey || label.Kind != SchemaShape.Column.VectorKind.Scalar || label.ItemType != NumberDataViewType.UInt32)
                throw _host.ExceptColumn(nameof(inputSchema), "label", _label, "Key<UInt32>", label.GetTypeString());
            var values = label.Annotations.Where(a => a.Name == AnnotationKinds.KeyValues).ToArray();
            var scored = values.Select(v => v.Renamed(AnnotationKinds.TrainingLabelValues))
                .Concat(values.Where(v => v.ItemType is TextDataViewType).Select(v => v.Renamed(AnnotationKinds.SlotNames)));
            return inputSchema.With(
                new SchemaShape.Column("Score", SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false, new SchemaShape([.. scored, .. AnnotationKinds.ScoreShape()])),
                new SchemaShape.Column("PredictedLabel", SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true, new SchemaShape([.. AnnotationKinds.ScoreShape(), .. values])));
        }

        private static ColumnMapping IsClass(DataViewSchema.Column label, uint key)
            => new([new(new(label.Name, BooleanDataViewType.Instance), [label.Index], row =>
            {
                var get = row.GetGetter<uint>(label);
                uint value = 0;
                return (ValueGetter<bool>)((ref bool isClass) =>
                {
                    get(ref value);
                    isClass = value == key;
                });
            })]);
    }

    public sealed class OneVersusAllModelParameters : ICanSaveModel
    {
        private readonly IReadOnlyList<IBinaryModel> _models;

        internal OneVersusAllModelParameters(IReadOnlyList<IBinaryModel> models) => _models = models;

        internal int FeatureCount => _models[0].FeatureCount;

        void ICanSaveModel.Save(ModelSaveContext ctx)
        {
            ctx.Sign("OVAExec", typeof(OneVersusAllModelParameters));
            ctx.Writer.Write(_models.Count);
            for (var i = 0; i < _models.Count; i++)
                ctx.SaveModel(_models[i], DirectoryOf(i));
        }

        internal static object Load(IHostEnvironment env, ModelLoadContext context)
            => new OneVersusAllModelParameters([.. Enumerable.Range(0, context.Reader.ReadInt32()).Select(i => context.LoadModel<IBinaryModel>(DirectoryOf(i)))]);

        internal float[] Scores(float[] features)
        {
            var probabilities = _models.Select(model => model.Probability(model.Score(features))).ToArray();
            var sum = probabilities.Sum();
            return sum > 0 ? [.. probabilities.Select(p => p / sum)] : probabilities;
        }

        private static string DirectoryOf(int index) => $"SubPredictor_{index:000}";
    }
}
