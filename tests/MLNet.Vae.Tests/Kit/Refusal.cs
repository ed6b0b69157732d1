namespace MLNet.Vae.Tests.Kit;

/// <summary>How ML.NET's components refuse: one of two kinds of exception, marked by the environment.</summary>
internal static class Refusal
{
    public const string Mark = "ML_IsMarked";

    public static Exception Expect(Action action, string what)
    {
        var exception = Record.Exception(action);
        Assert.True(exception is not null, $"{what} was accepted");
        Assert.True(
            exception is ArgumentException or InvalidOperationException,
            $"{what} was refused with {exception.GetType()}: {exception.Message}");
        Assert.True(exception.Data.Contains(Mark), $"{what} was refused without the environment's mark");
        return exception;
    }
}
