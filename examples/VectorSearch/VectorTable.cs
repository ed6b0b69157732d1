using System.Globalization;
using Npgsql;
using Pgvector;

namespace VectorSearch;

/// <summary>A table of vectors with an HNSW index by Euclidean distance.</summary>
internal sealed class VectorTable : IDisposable
{
    // By arrays, not COPY: PGlite's socket knows no COPY.
    private const int Batch = 500;

    private readonly Database _database;
    private readonly string _name;
    private readonly NpgsqlCommand _nearest;
    private readonly NpgsqlParameter<Vector> _vector = new();
    private readonly NpgsqlParameter<int> _count = new();

    /// <summary>Makes it anew, fills it, and indexes it.</summary>
    /// <param name="database">Where.</param>
    /// <param name="name">Of the table.</param>
    /// <param name="labels">Of the rows, which are numbered from 0.</param>
    /// <param name="vectors"><c>[rows][dimension]</c>.</param>
    public VectorTable(Database database, string name, IEnumerable<string> labels, IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        (_database, _name) = (database, name);
        var dimension = vectors[0].Length.ToString(CultureInfo.InvariantCulture);
        database.Execute($"DROP TABLE IF EXISTS {name}");
        database.Execute($"CREATE TABLE {name} (id integer PRIMARY KEY, label text NOT NULL, embedding vector({dimension}) NOT NULL)");
        foreach (var rows in labels.Index().Chunk(Batch))
        {
            using var insert = new NpgsqlCommand($"INSERT INTO {name} SELECT * FROM unnest($1, $2, $3)", database.Connection)
            {
                Parameters =
                {
                    new() { Value = rows.Select(row => row.Index).ToArray() },
                    new() { Value = rows.Select(row => row.Item).ToArray() },
                    new() { Value = rows.Select(row => new Vector(vectors[row.Index])).ToArray() },
                },
            };
            insert.ExecuteNonQuery();
        }
        database.Execute($"CREATE INDEX {name}_embedding ON {name} USING hnsw (embedding vector_l2_ops)");
        database.Execute($"ANALYZE {name}");
        _nearest = new($"SELECT id, label, embedding <-> $1 FROM {name} ORDER BY embedding <-> $1 LIMIT $2", database.Connection)
        {
            Parameters = { _vector, _count },
        };
    }

    /// <summary>Bytes of a vector.</summary>
    public int VectorBytes => _database.Value<int>($"SELECT pg_column_size(embedding) FROM {_name} LIMIT 1");

    /// <summary>Bytes of the index.</summary>
    public long IndexBytes => _database.Value<long>($"SELECT pg_relation_size('{_name}_embedding')");

    /// <summary>The rows nearest to a vector, nearest first.</summary>
    public List<Neighbor> Nearest(ReadOnlyMemory<float> vector, int count)
    {
        (_vector.TypedValue, _count.TypedValue) = (new(vector), count);
        if (!_nearest.IsPrepared)
            _nearest.Prepare();
        using var reader = _nearest.ExecuteReader();
        var found = new List<Neighbor>(count);
        while (reader.Read())
            found.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetDouble(2)));
        return found;
    }

    /// <summary>Whether the index is asked, and nothing else; left to the server, a small table is read whole.</summary>
    public void UseIndex(bool use)
    {
        _database.Execute($"SET enable_seqscan = {(use ? "off" : "on")}");
        _database.Execute($"SET enable_indexscan = {(use ? "on" : "off")}");
        if (_nearest.IsPrepared)
            _nearest.Unprepare();
    }

    /// <summary>Removes it from the database.</summary>
    public void Drop() => _database.Execute($"DROP TABLE {_name}");

    public void Dispose()
    {
        if (_nearest.IsPrepared)
            _nearest.Unprepare();
        _nearest.Dispose();
        _database.Execute("RESET ALL");
    }
}
