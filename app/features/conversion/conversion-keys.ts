import { hasImageExtension } from "~/features/images/key-layout";
import type { ConversionFormat } from "./conversion-format";

/** Where a converted image lies: `a/b/x.png` → `a/b/x.webp`. A name without an image's extension gets one. */
export function convertedKey(key: string, format: ConversionFormat): string {
  return `${hasImageExtension(key) ? key.slice(0, key.lastIndexOf(".")) : key}.${format}`;
}

/** Below which prefix the originals of a run are kept until someone removes them. */
export const originalsOf = (runId: number): string => `originals/run-${runId}/`;

export const originalKey = (runId: number, key: string): string => `${originalsOf(runId)}${key}`;
