/**
 * What is lost of a picture. `after` is the share of it, from 0 to 1, that lies before its data ends or breaks; null where
 * no place can be told.
 */
export type JpegDamage =
  | { loss: "ends" | "breaks"; after: number | null }
  /** A progressive picture is there, but not as fine as it was stored. */
  | { loss: "detail" }
  /** No scan has one of its components: the picture lacks a color. */
  | { loss: "component" }
  /** Before the picture begins there is what no decoder gets over; `what` names it for people. */
  | { loss: "header"; what: string };

/** `what` names the kind of JPEG for people, with its article. */
export type JpegVerdict =
  | { kind: "whole" }
  | ({ kind: "damaged" } & JpegDamage)
  | { kind: "unsupported"; what: string }
  | { kind: "no-jpeg" };

/** A sentence that says what is lost and what to do. */
export function describeDamage(damage: JpegDamage): string {
  switch (damage.loss) {
    case "ends":
      if (damage.after === 0) return "The file ends before its picture begins; upload it again.";
      return damage.after === null
        ? "The picture's data ends early; upload it again."
        : `The picture's data ends after ${percent(damage.after)} of it; upload it again.`;
    case "breaks":
      if (damage.after === 0) return "The picture's data is damaged from its beginning; upload it again.";
      return damage.after === null
        ? "Part of the picture's data is damaged; upload it again."
        : `The picture's data is damaged after ${percent(damage.after)} of it; upload it again.`;
    case "detail":
      return "The picture's data ends or is damaged before its fine detail; upload it again.";
    case "component":
      return "One of the picture's colors is missing; upload it again.";
    case "header":
      return `The JPEG's header is damaged (${damage.what}); upload it again.`;
  }
}

/** Never 0 and never 100: something is there, and something is lost. */
const percent = (share: number) => `${Math.min(99, Math.max(1, Math.floor(share * 100)))} %`;
