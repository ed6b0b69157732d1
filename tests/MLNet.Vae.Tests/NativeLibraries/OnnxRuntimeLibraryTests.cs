using MLNet.Vae.Interop;
using MLNet.Vae.NativeLibraries;

namespace MLNet.Vae.Tests.NativeLibraries;

/// <summary>What a program says that could train but neither score nor save, before it reads a row.</summary>
public class OnnxRuntimeLibraryTests
{
    private const string NothingRead = "rows read: 0";

    [Fact]
    public async Task A_program_without_the_library_is_told_which_package_to_add()
    {
        using var program = new NoNativeProgram().WithTorch();
        Assert.Equal(
            (NothingRead, "Scoring and saving need ONNX Runtime's native library, which this application does not have. Add the package "
                + "Microsoft.ML.OnnxRuntime (CPU) or Microsoft.ML.OnnxRuntime.Gpu (CUDA) to the project of the application."),
            await program.Run());
    }

    [Fact]
    public async Task A_program_whose_library_is_refused_is_told_what_the_loader_said()
    {
        using var program = new NoNativeProgram().WithTorch();
        var path = program.Change("onnxruntime", _ => "not a library"u8.ToArray());
        var reason = NativeFile.Refusal(path);
        Assert.Equal(
            (
                NothingRead,
                $"Scoring and saving need ONNX Runtime's native library. The application has it, as {path}, and this system refuses to "
                + $"load it: {reason}. "
                    + "Restore the package Microsoft.ML.OnnxRuntime (CPU) or Microsoft.ML.OnnxRuntime.Gpu (CUDA) anew, or take a version "
                    + "of it that is made for this system."
            ),
            await program.Run()
        );
    }

    [Fact]
    public void Another_exception_stays_what_it_is()
        => Assert.Throws<FormatException>(() => OnnxRuntimeLibrary.Translate<int>(ScoringHost.Silent, () => throw new FormatException()));
}
