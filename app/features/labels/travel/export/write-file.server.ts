import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Writes a file whole or not at all: beside it under another name, to the disk, then in its place. Whoever reads meanwhile sees the former
 * one; what dies on the way leaves it as it was.
 * @param texts are written as they come, so that a file may be longer than memory
 */
export async function writeFileWhole(file: string, texts: AsyncIterable<string>): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(draft, "w");
    try {
      for await (const text of texts) await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** A new name is on the disk once its folder is. Windows has no such thing, and no need of it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(join(folder), "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
