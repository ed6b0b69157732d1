// Arrays come as little-endian bytes, gzip, base64.
const types = { f32: Float32Array, f64: Float64Array, i32: Int32Array, u8: Uint8Array };

/** The same value with every packed array as a typed array. */
export async function unpack(value) {
    if (Array.isArray(value))
        return Promise.all(value.map(unpack));
    if (value === null || typeof value !== "object")
        return value;
    if (typeof value.data === "string" && value.type in types)
        return new types[value.type](await inflate(value.data));
    return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, member]) => [name, await unpack(member)])));
}

export async function inflate(base64) {
    const stream = new Blob([decode(base64)]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
}

function decode(base64) {
    if (Uint8Array.fromBase64)
        return Uint8Array.fromBase64(base64);
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++)
        bytes[i] = text.charCodeAt(i);
    return bytes;
}
