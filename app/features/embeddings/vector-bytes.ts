/** The numbers of a vector as the database keeps them: float32 of four bytes each, the lowest byte first. */
export function toVectorBytes(vector: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(vector.length * Float32Array.BYTES_PER_ELEMENT);
  const view = new DataView(bytes.buffer);
  for (const [at, value] of vector.entries()) view.setFloat32(at * Float32Array.BYTES_PER_ELEMENT, value, true);
  return bytes;
}
