using MLNet.Vae.NativeLibraries;

namespace MLNet.Vae.Tests.NativeLibraries;

public class TorchMessagesTests
{
    private static readonly Version _v106 = new(0, 106, 0, 0);
    private static readonly Version _v107 = new(0, 107, 0, 0);

    [Theory]
    [InlineData("linux-x64", "0.107.0.0", "0.107.0")]
    [InlineData("linux-arm64", "0.106.0.0", "0.106.0")]
    [InlineData("win-x64", "0.107.0.0", "0.106.0")]
    [InlineData("win-x64", "0.108.1.0", "0.108.1")]
    public void The_package_to_add_is_of_the_version_that_is_referenced_and_loads(string platform, string torchSharp, string added)
        => Assert.Equal(
            $"Training needs torch's native library, which this application does not have. Add the package TorchSharp-cpu {added} to the "
            + "project of the application "
                + "(or TorchSharp-cuda-linux / TorchSharp-cuda-windows for a GPU). TorchSharp-cpu has it for linux-x64, osx-arm64 and "
                + "win-x64; "
                + $"this process is {platform}.",
            TorchMessages.Absent(platform, new(torchSharp)));

    [Theory]
    [InlineData("/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)")]
    [InlineData("/lib/libstdc++.so.6: version `CXXABI_1.3.15' not found (required by /app/libLibTorchSharp.so)")]
    public void An_older_libstdcxx_is_told_where_a_newer_one_is(string reason)
        => Assert.Equal(
            "Training needs torch's native library. The application has it, as /app/libLibTorchSharp.so, and this system refuses to load "
            + $"it: {reason}. "
                + "TorchSharp 0.107.0 needs the libstdc++ of GCC 13 or newer: Ubuntu 24.04, Debian 13 or newer, or a .NET 10 container "
                + "image.",
            TorchMessages.Refused("linux-x64", _v107, "/app/libLibTorchSharp.so", reason));

    [Theory]
    [InlineData("win-x64")]
    [InlineData("win-arm64")]
    public void Windows_is_told_of_the_version_that_loads(string platform)
        => Assert.Equal(
            @"Training needs torch's native library. The application has it, as C:\app\LibTorchSharp.dll, "
                + "and this system refuses to load it: "
                + @"Unable to load DLL 'C:\app\LibTorchSharp.dll' or one of its dependencies: "
                + "The specified procedure could not be found. (0x8007007F). "
                + "No Windows loads that of TorchSharp 0.107.0 (https://github.com/dotnet/TorchSharp/issues/1567): take TorchSharp-cpu "
                + "0.106.0 in the project of the application.",
            TorchMessages.Refused(
                platform,
                _v107,
                @"C:\app\LibTorchSharp.dll",
                NativeFile.LoadersWords(
                    @"Unable to load DLL 'C:\app\LibTorchSharp.dll' or one of its dependencies: "
                        + "The specified procedure could not be found. (0x8007007F)"
                )
            )
        );

    [Theory]
    [InlineData("win-x64")]
    [InlineData("linux-x64")]
    [InlineData("osx-arm64")]
    public void Any_other_refusal_is_told_what_the_package_has(string platform)
        => Assert.Equal(
            "Training needs torch's native library. The application has it, as P, and this system refuses to load it: R. "
                + "Restore the package TorchSharp-cpu 0.106.0 anew; it has it for linux-x64, osx-arm64 and win-x64, and this process is "
                + $"{platform}.",
            TorchMessages.Refused(platform, _v106, "P", "R"));

    [Fact]
    public void The_loaders_words_follow_a_sentence_of_dotnet_where_there_are_more_lines()
        => Assert.Equal(
            "/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so); /app/x: cannot open shared "
            + "object file",
            NativeFile.LoadersWords(
                "Unable to load shared library '/app/libLibTorchSharp.so' or one of its dependencies. In order to help diagnose loading "
                + "problems, consider using "
                    + "a tool like strace. If you're using glibc, consider setting the LD_DEBUG environment variable: \n"
                    + "/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)\n/app/x: cannot "
                    + "open shared object file\n"
            )
        );
}
