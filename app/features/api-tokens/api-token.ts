import { z } from "zod";
import { quote } from "~/quote";

/** A token that a program has, or had until lately, as the page and the script show it. */
export type ApiTokenView = {
  /** null: REFERENCE_TOKEN of the environment, which only the environment can take back. */
  id: number | null;
  client: string;
  /** Its last four characters. */
  ending: string | null;
  state: ApiTokenState;
  createdAt: Date | null;
  createdBy: string | null;
  /** To within five minutes; null: never. */
  usedAt: Date | null;
  endsAt: Date | null;
};

/** Whether it is taken: it is, it is until a time that is set, or no longer. */
export type ApiTokenState = "valid" | "ending" | "ended";

/** The name of whoever shows REFERENCE_TOKEN, and what its use is kept under. */
export const ENVIRONMENT = "environment";

export const hasEnded = ({ endsAt }: { endsAt: Date | null }, now: Date): boolean => endsAt !== null && endsAt <= now;

export const stateOf = (token: { endsAt: Date | null }, now: Date): ApiTokenState =>
  hasEnded(token, now) ? "ended" : token.endsAt === null ? "valid" : "ending";

/** How long a former token goes on beside the new one, in days, unless told: 0 ends it at once. */
export const KEPT_DAYS = 7;
const MOST_KEPT_DAYS = 90;

const LONGEST = 60;
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u;

const clientName = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, "Give the program a name.")
  .max(LONGEST, `The program's name is longer than ${LONGEST} characters.`)
  .regex(NAME, {
    error: ({ input }) =>
      `${quote(String(input))} cannot be a program's name: use letters, digits, spaces, and . _ -, and begin with a letter or a digit.`,
  })
  .refine((name) => name !== ENVIRONMENT, {
    error: `${quote(ENVIRONMENT)} stands for REFERENCE_TOKEN. Choose another name.`,
  });

/** The name that someone gave a program, in lower case, or what is wrong with it, as a sentence. */
export function readClientName(written: string): { client: string } | { complaint: string } {
  const { data, error } = clientName.safeParse(written);
  return data === undefined ? { complaint: error?.issues[0]?.message ?? "The name cannot be read." } : { client: data };
}

const keptDays = z.coerce.number().int().min(0).max(MOST_KEPT_DAYS);

/** “7” → 7 */
export function readKeptDays(written: string): { days: number } | { complaint: string } {
  const days = /^\d+$/.test(written) ? keptDays.safeParse(written).data : undefined;
  return days === undefined
    ? { complaint: `A former token goes on for 0 to ${MOST_KEPT_DAYS} days, not ${quote(written)}.` }
    : { days };
}
