namespace MLNet.Vae.Tests.Measures;

public class DisentanglementErrorTests
{
    private const string Start = "The codes cannot be measured against these factors";

    private static readonly float[][] Codes = [.. Enumerable.Range(0, 60).Select(row => new float[] { row, row % 7 })];

    private static VaeFactor A => VaeFactor.Ordered("a", Codes.Select(code => (double)code[0]));

    private static VaeFactor B => VaeFactor.Categorical("b", Codes.Select(code => (int)code[1]));

    public static TheoryData<string, Func<(IReadOnlyList<float[]>, IReadOnlyList<VaeFactor>)>> Faults => new()
    {
        { "at least 50 rows are needed, but the codes have 40", () => (Codes[..40], [Of("a", 40), Of("b", 40)]) },
        { "the code of row 3 is null", () => ([.. Codes[..3], null!, .. Codes[4..]], [A, B]) },
        { "all codes must be of one length: row 59 has 3 dimensions, row 0 has 2", () => ([.. Codes[..59], [1, 2, 3]], [A, B]) },
        {
            "codes of at least 2 dimensions are needed, as gaps compare the best dimension with the second, but they have 1",
            () => ([.. Codes.Select(code => code[..1])], [A, B])
        },
        {
            "codes must be finite: row 5, dimension 1 is NaN; leave such rows out",
            () => ([.. Codes[..5], [0, float.NaN], .. Codes[6..]], [A, B])
        },
        { "at least 2 factors are needed, as one alone cannot be mixed up with another, but there is 1", () => (Codes, [A]) },
        { "at least 2 factors are needed, as one alone cannot be mixed up with another, but there is none", () => (Codes, []) },
        { "factor 1 is null", () => (Codes, [A, null!]) },
        { "factor 0 has a blank name", () => (Codes, [Of(" ", 60), B]) },
        { "two factors are named \"a\"; give each a name of its own", () => (Codes, [A, B, A]) },
        { "factor \"c\" has 59 values for 60 codes; give one value for each row, in the same order", () => (Codes, [A, Of("c", 59)]) },
        {
            "factor \"c\" must be finite, but is Infinity in row 0; leave such rows out",
            () => (Codes, [A, VaeFactor.Ordered("c", Enumerable.Repeat(double.PositiveInfinity, 60))])
        },
        {
            "factor \"c\" is 4 in all rows, so that nothing can follow it; leave it out, or give rows in which it varies",
            () => (Codes, [A, VaeFactor.Categorical("c", Enumerable.Repeat(4, 60))])
        },
        {
            "the categorical factor \"c\" has another class in each row, so that no two rows share one; give more rows of a class, or "
            + "make it an ordered factor",
            () => (Codes, [A, VaeFactor.Categorical("c", Enumerable.Range(0, 60))])
        },
        {
            "the categorical factor \"c\" has 101 classes, at most 100 are allowed; join some, or make it an ordered factor",
            () => ([.. Codes, .. Codes], [Of("a", 120), VaeFactor.Categorical("c", Enumerable.Range(0, 120).Select(row => row % 101))])
        },
    };

    [Fact]
    public void Classes_may_be_names_numbered_as_they_come() =>
        Assert.Equal([0, 1, 0, 2], VaeFactor.Categorical("shape", ["heart", "square", "heart", "oval"]).Values);

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_fault_is_named(string expected, Func<(IReadOnlyList<float[]>, IReadOnlyList<VaeFactor>)> input)
    {
        var (codes, factors) = input();
        Assert.Equal(
            $"{Start}: {expected}",
            Assert.Throws<ArgumentException>(() => VaeDisentanglement.Measure(codes, factors, seed: 1)).Message
        );
    }

    [Fact]
    public void All_faults_come_in_one_message()
        => Assert.Equal(
            $"""
            {Start}, 3 faults:
            - at least 50 rows are needed, but the codes have 0
            - factor "a" has 60 values for 0 codes; give one value for each row, in the same order
            - factor "b" has 60 values for 0 codes; give one value for each row, in the same order
            """,
            Assert.Throws<ArgumentException>(() => VaeDisentanglement.Measure([], [A, B], seed: 1)).Message);

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentNullException>(() => VaeDisentanglement.Measure(null!, [A, B], seed: 1));
        Assert.Throws<ArgumentNullException>(() => VaeDisentanglement.Measure(Codes, null!, seed: 1));
        Assert.Throws<ArgumentNullException>(() => VaeFactor.Ordered(null!, []));
        Assert.Throws<ArgumentNullException>(() => VaeFactor.Categorical("a", null!));
        foreach (var bins in new[] { 1, 1_001 })
        {
            Assert.StartsWith(
                "The number of bins must be from 2 to 1,000.",
                Assert.Throws<ArgumentOutOfRangeException>(() => VaeDisentanglement.Measure(Codes, [A, B], seed: 1, bins)).Message);
        }
    }

    private static VaeFactor Of(string name, int rows) => VaeFactor.Ordered(name, Enumerable.Range(0, rows).Select(row => row / 2.0));
}
