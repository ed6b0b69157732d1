using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Tables;

public sealed class ImputeTests : IClassFixture<ImputeTests.Imputer>
{
    private readonly Imputer _imputer;

    public ImputeTests(Imputer imputer) => _imputer = imputer;

    [Fact]
    public void What_is_there_stays_and_nothing_is_missing_afterwards()
    {
        var filled = _imputer.Filled();
        Assert.Equal(_imputer.Rows.Length, filled.Length);
        foreach (var (before, after) in _imputer.Rows.Zip(filled))
        {
            Assert.True(before.Country.Length == 0 || before.Country == after.Country);
            Assert.True(float.IsNaN(before.Age) || BitConverter.SingleToInt32Bits(before.Age) == BitConverter.SingleToInt32Bits(after.Age));
            Assert.True(double.IsNaN(before.Amount) || before.Amount == after.Amount);
            Assert.Equal((before.Member, before.Visits, before.Since, before.Note), (after.Member, after.Visits, after.Since, after.Note));
            Assert.True(after.Country.Length > 0 && float.IsFinite(after.Age) && double.IsFinite(after.Amount));
        }
    }

    [Fact]
    public void A_hole_is_filled_by_what_goes_with_its_row()
    {
        var filled = _imputer.Filled();
        var (error, byMean, right, holes) = (0.0, 0.0, 0, 0);
        var mean = _imputer.Rows.Where(row => !float.IsNaN(row.Age)).Average(row => row.Age);
        foreach (var ((before, after), whole) in _imputer.Rows.Zip(filled).Zip(_imputer.Whole))
        {
            if (float.IsNaN(before.Age))
                (error, byMean) = (error + Square(after.Age - whole.Age), byMean + Square(mean - whole.Age));
            if (before.Country.Length == 0)
                (holes, right) = (holes + 1, right + (after.Country == whole.Country ? 1 : 0));
        }
        Assert.True(error < 0.3 * byMean, $"{error} beside {byMean}");
        Assert.True(right > 0.8 * holes, $"{right} of {holes}");

        static double Square(double value) => value * value;
    }

    [Fact]
    public void Indicators_say_where_the_holes_were()
    {
        var view = _imputer.Model.Transform(_imputer.Data);
        Assert.Equal(_imputer.Rows.Select(row => float.IsNaN(row.Age)), view.GetColumn<bool>("AgeWasMissing"));
        Assert.Equal(_imputer.Rows.Select(row => row.Country.Length == 0), view.GetColumn<bool>("CountryWasMissing"));
        Assert.DoesNotContain(view.Schema, column => column.Name.StartsWith("Table", StringComparison.Ordinal));
    }

    [Fact]
    public void Draws_depend_on_seed_and_row_alone_and_leave_what_is_there()
    {
        var few = _imputer.Context.Data.TakeRows(_imputer.Data, 60);
        float[] first = Ages(few, 1), again = Ages(few, 1), other = Ages(few, 2);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        for (var i = 0; i < first.Length; i++)
            Assert.True(float.IsNaN(_imputer.Rows[i].Age) ? float.IsFinite(first[i]) : first[i] == _imputer.Rows[i].Age);

        float[] Ages(IDataView data, int seed) => [.. _imputer.Model.Draw(data, seed).GetColumn<float>("Age")];
    }

    [Fact]
    public void Draws_lie_about_as_far_from_the_truth_as_it_is_unknown()
    {
        // Age is 30 + 10 country + 3 N(0, 1): a draw and the truth are two draws of the same.
        var holes = _imputer.Rows.Zip(_imputer.Whole).Where(pair => float.IsNaN(pair.First.Age) && pair.First.Country.Length > 0)
            .Take(60).ToArray();
        var data = Visit.View(_imputer.Context, holes.Select(pair => pair.First));
        var off = _imputer.Model.Draw(data, 3).GetColumn<float>("Age").Zip(holes, (age, pair) => age - pair.Second.Age).ToArray();
        Assert.InRange(Math.Sqrt(off.Average(difference => difference * difference)), 2, 9);
    }

    [Fact]
    public void A_saved_one_and_an_engine_give_the_same()
    {
        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, "model.zip");
        _imputer.Context.Model.Save(_imputer.Model, _imputer.Data.Schema, path);
        // Stock transformers would pass holes on without a word.
        var refused = Assert.ThrowsAny<Exception>(() => new MLContext().Model.Load(path, out _));
        Assert.Contains("VaeImputeTransformer.From", refused.ToString(), StringComparison.Ordinal);
        using var loaded = VaeImputeTransformer.From(_imputer.Context, path, "WasMissing");
        ViewAssert.SameRows(_imputer.Model.Transform(_imputer.Data), loaded.Transform(_imputer.Data), _ => true);
        using var engine = _imputer.Context.Model.CreatePredictionEngine<Visit, Visit>(loaded);
        var (row, filled) = _imputer.Rows.Zip(_imputer.Filled()).First(pair => float.IsNaN(pair.First.Age));
        Assert.Equal(filled.Age, engine.Predict(row).Age, 1e-2);
    }

    [Fact]
    public void Draws_need_what_draws()
    {
        var data = Visit.View(_imputer.Context, Visit.Rows(100, missing: 0.1));
        using var model = _imputer.Context.Transforms.VaeImpute(Visit.Options(1)).Fit(data);
        var fault = Assert.Throws<InvalidOperationException>(() => model.Draw(data, 1));
        Assert.Contains("VaeTableOptions.Sampler", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _imputer.Context.Transforms.VaeImpute(Visit.Options(), " "));
    }

    public sealed class Imputer : IDisposable
    {
        public Imputer()
        {
            Whole = Visit.Rows(1_500, seed: 2);
            Rows = Visit.Rows(1_500, seed: 2);
            var random = new Random(3);
            foreach (var row in Rows)
            {
                if (random.NextDouble() < 0.15)
                    row.Country = "";
                if (random.NextDouble() < 0.15)
                    row.Age = float.NaN;
                if (random.NextDouble() < 0.15)
                    row.Amount = double.NaN;
            }
            Data = Visit.View(Context, Rows);
            var options = VaeTableOptions.Imputation(seed: 1) with
            {
                Architecture = VaeArchitecture.Mlp(64),
                Sampler = new() { Units = 64 },
            };
            Model = Context.Transforms.VaeImpute(options with { Training = options.Training with { Epochs = 60, Threads = 1 } },
                "WasMissing").Fit(Data);
        }

        public MLContext Context { get; } = new(seed: 1);

        public Visit[] Whole { get; }

        public Visit[] Rows { get; }

        public IDataView Data { get; }

        public VaeImputeTransformer Model { get; }

        public Visit[] Filled() => [.. Context.Data.CreateEnumerable<Visit>(Model.Transform(Data), reuseRowObject: false)];

        public void Dispose() => Model.Dispose();
    }
}
