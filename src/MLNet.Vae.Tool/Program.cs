using MLNet.Vae.Tool;
using MLNet.Vae.Tool.Terminals;

return await CommandLine.Run(args, Terminal.OfProcess(), CancellationToken.None);
