import { capitalized } from "~/features/format";

/** "rate-limited" → “Rate limited” */
export function errorClassWords(errorClass: string): string {
  return capitalized(errorClass.replaceAll("-", " "));
}
