using MLNet.Vae.Reporting;

namespace MLNet.Vae.Tests.Report;

public class CellTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-3, "-3")]
    [InlineData(123456789, "123456789")]
    [InlineData(1234567.89, "1234568")]
    [InlineData(38.583217, "38.583")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(0.0123456, "0.012346")]
    [InlineData(0.00001234567, "1.2346E-05")]
    [InlineData(2.5e18, "2.5E+18")]
    public void A_number_that_was_computed_has_five_digits(double value, string expected) =>
        Assert.Equal(expected, CellText.Expected(value));

    [Fact]
    public void A_time_is_as_long_as_it_must_be()
    {
        var day = new DateTime(2024, 2, 3);
        Assert.Equal(
            ["2024-02-03", "2024-02-03 04:05", "2024-02-03 04:05:06", "2024-02-03 04:05:06.5"],
            new[] { day, day.AddMinutes(245), day.AddSeconds(14706), day.AddSeconds(14706.5) }.Select(CellText.Of));
    }
}
