import { once } from "node:events";
import { conversionBytes, findLoss } from "~/features/images/pixels/rendering/convert-image.server";
import { isConversion, openImage, renderImage } from "~/features/images/pixels/rendering/render-image.server";
import { type FromChild, READY, type ToChild } from "./messages";

/**
 * Decodes pictures for the process that started it, one at a time: time, memory and exit are that process' to bound, by
 * killing this one. It is given bytes and nothing else: no credentials, no database, no bucket.
 */

// Ctrl+C and a service's stop reach every process of a group; whoever started this one ends its work in its own order.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
// Not by `exit`, which would wait for a thread that decodes.
const leave = () => process.kill(process.pid, "SIGKILL");
process.once("disconnect", leave);
if (!process.connected) leave();

const chunks: AsyncIterator<Buffer> = process.stdin[Symbol.asyncIterator]();

/** Straight into its place: a picture of 128 MiB is held once. */
async function readBytes(length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let filled = 0; filled < length; ) {
    const { value, done } = await chunks.next();
    if (done) return leave() as never;
    filled += value.copy(bytes, filled);
  }
  return bytes;
}

async function nextMessage(): Promise<ToChild> {
  const [message] = (await once(process, "message")) as [ToChild];
  return message;
}

async function decodeNext(): Promise<FromChild> {
  const task = await nextMessage();
  if (task === "decode") throw new Error("Leave to decode came before a picture.");
  const opened = await openImage(await readBytes(task.length));
  if (!opened.ok) return { image: opened };
  const { form } = task;
  const loses = isConversion(form) ? findLoss(opened, form) : null;
  if (loses !== null) return { image: { ok: false, loses } };
  const mayDecode = nextMessage();
  tell({ needs: isConversion(form) ? conversionBytes(opened, form) : opened.needs });
  await mayDecode;
  return { image: await renderImage(opened, form) };
}

const tell = (message: FromChild) => process.send?.(message);

process.send?.(READY);
for (;;) tell(await decodeNext());
