import { S3Error } from "./s3-error";

/** The data within an aws-chunked body: `SIZE;chunk-signature=…\r\nDATA\r\n … 0\r\nTRAILERS\r\n`. */
export async function* decodeAwsChunked(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = stream[Symbol.asyncIterator]();
  let buffered: Buffer = Buffer.alloc(0);
  const readMore = async () => {
    const { value, done } = await source.next();
    if (done) throw new S3Error("IncompleteBody", "The body ended within a chunk.");
    buffered = buffered.length === 0 ? value : Buffer.concat([buffered, value]);
  };
  const readLine = async () => {
    while (!buffered.includes("\r\n")) await readMore();
    const end = buffered.indexOf("\r\n");
    const line = buffered.toString("latin1", 0, end);
    buffered = buffered.subarray(end + 2);
    return line;
  };
  for (;;) {
    const line = await readLine();
    if (!/^[0-9a-f]+(;.*)?$/i.test(line)) throw new S3Error("InvalidRequest", "A chunk has no size.");
    let left = Number.parseInt(line, 16);
    if (left === 0) break;
    while (left > 0) {
      if (buffered.length === 0) await readMore();
      const piece = buffered.subarray(0, left);
      yield piece;
      left -= piece.length;
      buffered = buffered.subarray(piece.length);
    }
    if ((await readLine()) !== "") throw new S3Error("InvalidRequest", "A chunk is longer than its size.");
  }
  // Trailers (checksums) up to the end.
  while (!(await source.next()).done);
}
