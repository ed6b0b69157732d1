using System.Collections;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A dense or sparse vector whose arrays are reused from row to row.</summary>
public readonly struct VBuffer<T> : IEnumerable
{
    public readonly int Length;
    private readonly T[] _values;
    private readonly int[] _indices;
    private readonly int _count;

    public VBuffer(int length, T[] values, int[] indices = null)
    {
        Contracts.Require(length >= 0, nameof(length));
        Contracts.Require((values?.Length ?? 0) >= length, nameof(values));
        (Length, _count, _values, _indices) = (length, length, values, indices);
    }

    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        Contracts.Require(length >= 0, nameof(length));
        Contracts.Require(0 <= count && count <= length, nameof(count));
        Contracts.Require((values?.Length ?? 0) >= count, nameof(values));
        Contracts.Require(count == length || (indices?.Length ?? 0) >= count, nameof(indices));
        (Length, _count, _values, _indices) = (length, count, values, indices);
    }

    public bool IsDense => _count == Length;

    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination) => CopyTo(ref destination, 0, Length);

    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        Contracts.Require(0 <= sourceIndex && sourceIndex <= Length, nameof(sourceIndex));
        Contracts.Require(0 <= length && sourceIndex <= Length - length, nameof(length));
        var (from, until) = IsDense
            ? (sourceIndex, sourceIndex + length)
            : (LowerBound(sourceIndex), LowerBound(sourceIndex + length));
        var editor = VBufferEditor.Create(ref destination, length, until - from);
        _values.AsSpan(from, until - from).CopyTo(editor.Values);
        for (var i = 0; i < editor.Indices.Length; i++)
            editor.Indices[i] = _indices[from + i] - sourceIndex;
        destination = editor.Commit();
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        Contracts.Require(0 <= destinationIndex && destinationIndex <= destination.Length - Length, nameof(destination),
            "Not large enough to hold these values.");
        var target = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(target);
            return;
        }
        target.Fill(_count == 0 ? default : defaultValue);
        for (var i = 0; i < _count; i++)
            target[_indices[i]] = _values[i];
    }

    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        var size = source?.Length ?? 0;
        Contracts.Require(0 <= length && length <= size, nameof(length));
        Contracts.Require(0 <= sourceIndex && sourceIndex <= size - length, nameof(sourceIndex));
        var editor = VBufferEditor.Create(ref destination, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        if (all)
        {
            var slot = 0;
            foreach (var value in DenseValues())
                yield return KeyValuePair.Create(slot++, value);
            yield break;
        }
        for (var i = 0; i < _count; i++)
            yield return KeyValuePair.Create(IsDense ? i : _indices[i], _values[i]);
    }

    public IEnumerable<T> DenseValues()
    {
        var next = 0;
        for (var slot = 0; slot < Length; slot++)
            yield return IsDense ? _values[slot] : next < _count && _indices[next] == slot ? _values[next++] : default;
    }

    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    public T GetItemOrDefault(int index)
    {
        Contracts.Require(0 <= index && index < Length, nameof(index));
        if (IsDense)
            return _values[index];
        var at = _count == 0 ? -1 : Array.BinarySearch(_indices, 0, _count, index);
        return at < 0 ? default : _values[at];
    }

    public IEnumerator GetEnumerator() => _values.GetEnumerator();

    public override string ToString()
        => IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";

    internal VBufferEditor<T> Edit(int length, int? valuesCount, int? maxCapacity, bool keepOld, bool indicesOnDense)
    {
        Contracts.Require(length >= 0, "newLogicalLength", "Must be non-negative.");
        Contracts.Require(valuesCount is null or >= 0, nameof(valuesCount), "If specified, must be non-negative.");
        Contracts.Require(valuesCount is null || valuesCount <= length, nameof(valuesCount),
            "If specified, must be no greater than newLogicalLength");
        var count = valuesCount ?? length;
        var (values, indices) = (_values, _indices);
        var newValues = Grow(ref values, count, maxCapacity, keepOld);
        var newIndices = (count < length || indicesOnDense) && Grow(ref indices, count, maxCapacity, keepOld);
        return new VBufferEditor<T>(length, count, values, indices, indicesOnDense, newValues, newIndices);
    }

    internal VBufferEditor<T> Edit() => Edit(Length, _count, null, false, false);

    private static bool Grow<TItem>(ref TItem[] array, int needed, int? maxCapacity, bool keepOld)
    {
        var size = array?.Length ?? 0;
        if (size >= needed)
            return false;
        var grown = Math.Max(needed, (int)Math.Min(maxCapacity ?? Array.MaxLength, 2L * size));
        if (keepOld)
            Array.Resize(ref array, grown);
        else
            array = new TItem[grown];
        return true;
    }

    private int LowerBound(int slot)
    {
        var at = _count == 0 ? 0 : Array.BinarySearch(_indices, 0, _count, slot);
        return at < 0 ? ~at : at;
    }
}
