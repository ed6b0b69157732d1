using Npgsql;

namespace VectorSearch;

/// <summary>A connection to PostgreSQL with pgvector.</summary>
internal sealed class Database : IDisposable
{
    private readonly NpgsqlDataSource _source;

    private Database(NpgsqlDataSource source, NpgsqlConnection connection) => (_source, Connection) = (source, connection);

    public NpgsqlConnection Connection { get; }

    /// <exception cref="InvalidOperationException">There is no server, or none with pgvector.</exception>
    public static Database Open(string connection)
    {
        NpgsqlDataSource? source = null;
        try
        {
            var builder = new NpgsqlDataSourceBuilder(connection);
            builder.UseVector();
            source = builder.Build();
            var database = new Database(source, source.OpenConnection());
            // PGlite has one session for all who connect: what was prepared before is still there.
            database.Execute("DEALLOCATE ALL");
            database.Execute("CREATE EXTENSION IF NOT EXISTS vector");
            database.Connection.ReloadTypes();
            return database;
        }
        catch (NpgsqlException fault)
        {
            source?.Dispose();
            throw new InvalidOperationException(
                $"{fault.Message.TrimEnd('.')}. Expected a PostgreSQL with pgvector: docs/vectors.md says how to start one.", fault);
        }
    }

    public void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, Connection);
        command.ExecuteNonQuery();
    }

    public T Value<T>(string sql)
    {
        using var command = new NpgsqlCommand(sql, Connection);
        return (T)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        Connection.Dispose();
        _source.Dispose();
    }
}
