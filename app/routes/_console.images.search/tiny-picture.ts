import { useEffect, useState } from "react";
import { readAsUrl } from "./read-as-url";
import { shrink } from "./shrink";

/** Some 1 to 2 kB: twice what the chip shows. */
const EDGE = 64;

const nameOf = (hash: string) => `searched-picture ${hash}`;

/** Keeps a tiny picture of what was sent, for as long as this tab is open. One that the browser cannot open or keep has none. */
export async function keepTiny(hash: string, file: File): Promise<void> {
  try {
    const tiny = await shrink(file, EDGE);
    if (tiny) sessionStorage.setItem(nameOf(hash), await readAsUrl(tiny));
  } catch {
    // The chip says in words what it is.
  }
}

/** The tiny picture of what this tab has sent, as a data: URL; null elsewhere, for the console keeps no such picture. */
export function useTiny(hash: string): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    try {
      setUrl(sessionStorage.getItem(nameOf(hash)));
    } catch {
      setUrl(null);
    }
  }, [hash]);
  return url;
}
