using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Cluster;

/// <summary>A PostgreSQL server of this program's own, on loopback, in a folder that goes with it. It does not run as root.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string User = "postgres";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder;
    private readonly Process _process;

    private PostgresServer(string folder, Process process, string connection)
    {
        (_folder, _process, ConnectionString) = (folder, process, connection);
    }

    public string ConnectionString { get; }

    /// <summary>Starts one and makes the tables.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start.</exception>
    public static PostgresServer Start()
    {
        var folder = Directory.CreateTempSubdirectory("mlnet-vae-postgres-").FullName;
        var (data, password) = (Path.Combine(folder, "data"), Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        File.WriteAllText(Path.Combine(folder, "password"), password);
        if (Environment.IsPrivilegedProcess)
            Run("chown", "-R", User, folder);
        Run(
            "initdb", "-D", data, "-U", User, "--auth=scram-sha-256", $"--pwfile={Path.Combine(folder, "password")}", "--encoding=UTF8",
            "--locale=C", "--no-sync");
        var port = FreePort();
        var process = Process.Start(Command(
            "postgres", "-D", data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c",
            "max_connections=200"))!;
        _ = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        var server = new PostgresServer(
            folder, process, $"Host=127.0.0.1;Port={port};Username={User};Password={password};Database=postgres;Maximum Pool Size=20");
        try
        {
            server.MakeTables();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            // To PostgreSQL this signal is to stop at once, without waiting for anybody.
            Run("kill", "-QUIT", File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).First());
            _process.WaitForExit(Patience);
        }
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A port that nobody listens to.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void MakeTables()
    {
        using var source = NpgsqlDataSource.Create(ConnectionString);
        using var reader = new StreamReader(typeof(PostgresServer).Assembly.GetManifestResourceStream("Tables.sql")!, Encoding.UTF8);
        var sql = reader.ReadToEnd();
        for (var watch = Stopwatch.StartNew(); ; Thread.Sleep(100))
        {
            try
            {
                using var connection = source.OpenConnection();
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                // No parameters: what looks like them is text.
                command.ExecuteNonQuery();
                return;
            }
            catch (NpgsqlException fault) when (fault is not PostgresException { SqlState: not "57P03" } && watch.Elapsed < Patience)
            {
                if (_process.HasExited)
                    throw new InvalidOperationException("PostgreSQL did not start.", fault);
            }
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(Command(program, arguments))!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed: {error.Result.Trim()}");
    }

    private static ProcessStartInfo Command(string program, params string[] arguments)
    {
        string[] line = program is "initdb" or "postgres" ? [Find(program), .. arguments] : [program, .. arguments];
        if (program is "initdb" or "postgres" && Environment.IsPrivilegedProcess)
            line = ["runuser", "-u", User, "--", .. line];
        return new(line[0], line[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
    }

    /// <summary>In the path, or where Debian puts it.</summary>
    private static string Find(string program)
    {
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(f => $"{f}/bin") : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(debian)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"'{program}' is not there: install PostgreSQL 15 or newer (apt-get install postgresql), or give --embedded.");
    }
}
