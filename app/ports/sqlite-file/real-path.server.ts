import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A file's own path, past all links; of a file that is not there its folder's. Where neither is, the path as it was given. */
export function realPath(file: string): string {
  const orNull = (path: string) => {
    try {
      return realpathSync(path);
    } catch {
      return null;
    }
  };
  const folder = orNull(dirname(file));
  return orNull(file) ?? (folder === null ? file : join(folder, basename(file)));
}
