using System.Text;
using MLNet.Vae.NativeLibraries;

namespace MLNet.Vae.Tests.NativeLibraries;

/// <summary>What a program says that cannot train, before it reads a row.</summary>
public class TorchLibraryTests
{
    private const string NothingRead = "rows read: 0";

    [Fact]
    public async Task With_all_that_it_needs_the_program_trains()
    {
        using var program = new NoNativeProgram().WithTorch().WithOnnxRuntime();
        var (read, outcome) = await program.Run();
        Assert.Equal("fitted", outcome);
        Assert.NotEqual(NothingRead, read);
    }

    [Fact]
    public async Task A_program_without_the_library_is_told_which_package_to_add()
    {
        using var program = new NoNativeProgram().WithOnnxRuntime();
        Assert.Equal((NothingRead, TorchMessages.Absent(NativeFile.Platform, NoNativeProgram.TorchSharp)), await program.Run());
    }

    /// <summary>As on a system whose libstdc++ is too old: every system's is too old for a version that nobody has made.</summary>
    [Fact]
    public async Task A_program_whose_library_asks_for_a_newer_system_is_told_what_the_loader_said_and_where_it_loads()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "symbol versions are Linux's");
        using var program = new NoNativeProgram().WithTorch().WithOnnxRuntime();
        var path = program.Change("LibTorchSharp", bytes => Replaced(bytes, "GLIBCXX_3.4.26\0", "GLIBCXX_9.9.99\0"));
        var (read, outcome) = await program.Run();
        Assert.Equal(NothingRead, read);
        Assert.StartsWith(
            $"Training needs torch's native library. The application has it, as {path}, and this system refuses to load it: ",
            outcome,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            $": version `GLIBCXX_9.9.99' not found (required by {path}). TorchSharp 0.107.0 needs the libstdc++ of GCC 13 or newer: "
                + "Ubuntu 24.04, Debian 13 or newer, or a .NET 10 container image.",
            outcome,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("torch_cpu")]
    [InlineData("LibTorchSharp")]
    public async Task A_program_whose_library_is_damaged_is_told_so(string library)
    {
        using var program = new NoNativeProgram().WithTorch().WithOnnxRuntime();
        var path = program.Change(library, _ => "not a library"u8.ToArray());
        var reason = NativeFile.Refusal(path);
        Assert.NotNull(reason);
        Assert.Equal(
            (NothingRead, TorchMessages.Refused(NativeFile.Platform, NoNativeProgram.TorchSharp, path, reason)), await program.Run());
    }

    private static byte[] Replaced(byte[] bytes, string sought, string by)
    {
        var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(sought));
        Assert.InRange(at, 0, bytes.Length);
        Encoding.ASCII.GetBytes(by).CopyTo(bytes, at);
        return bytes;
    }
}
