import { createHash } from "node:crypto";

export const text = (value: string) => Buffer.from(value, "utf8");

export const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");

export async function inParallel<T>(items: T[], work: (item: T) => Promise<unknown>) {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: 32 }, worker));
}

/** How a call ended: "done", or the name of the error that the store answered. */
export const ending = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "done",
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
