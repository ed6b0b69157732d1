namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Nodes in the order they were split; a child below 0 is the leaf of the complementary number.</summary>
internal sealed class Tree
{
    private readonly List<(int Feature, float Threshold, int Left, int Right)> _nodes = [];
    private readonly List<double> _leaves = [0];

    /// <summary>Turns a leaf into a node; the leaf keeps its number on the left, the right gets the next one.</summary>
    public int Split(int leaf, int feature, float threshold)
    {
        var node = _nodes.Count;
        var right = _leaves.Count;
        for (var i = 0; i < node; i++)
        {
            var n = _nodes[i];
            _nodes[i] = n with { Left = n.Left == ~leaf ? node : n.Left, Right = n.Right == ~leaf ? node : n.Right };
        }
        _nodes.Add((feature, threshold, ~leaf, ~right));
        _leaves.Add(0);
        return right;
    }

    public void SetLeaf(int leaf, double output) => _leaves[leaf] = output;

    // What is missing goes left, as does what is no larger than the threshold.
    public double Output(ReadOnlySpan<float> features)
    {
        var at = _nodes.Count > 0 ? 0 : ~0;
        while (at >= 0)
            at = features[_nodes[at].Feature] > _nodes[at].Threshold ? _nodes[at].Right : _nodes[at].Left;
        return _leaves[~at];
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_nodes.Count);
        foreach (var (feature, threshold, left, right) in _nodes)
        {
            writer.Write(feature);
            writer.Write(threshold);
            writer.Write(left);
            writer.Write(right);
        }
        foreach (var leaf in _leaves)
            writer.Write(leaf);
    }

    public static Tree Read(BinaryReader reader)
    {
        var tree = new Tree();
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++)
            tree._nodes.Add((reader.ReadInt32(), reader.ReadSingle(), reader.ReadInt32(), reader.ReadInt32()));
        tree._leaves.Clear();
        for (var i = 0; i <= count; i++)
            tree._leaves.Add(reader.ReadDouble());
        return tree;
    }
}
