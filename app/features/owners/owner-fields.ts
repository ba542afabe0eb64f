import { z } from "zod";
import { quote } from "~/quote";

const LONGEST_ID = 100;
const LONGEST_NAME = 200;
const LONGEST_EMAIL = 254;

/** Characters that no one sees. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** What an id may be: it is a segment of keys (`uploads/ID/2026/11/…`), so it has no slash. */
const id = z
  .string()
  .trim()
  .min(1, "The ID is empty.")
  .max(LONGEST_ID, `The ID is longer than ${LONGEST_ID} characters.`)
  .refine((text) => !/[/\\]/.test(text), "The ID contains a slash, which separates the parts of a key.")
  .refine((text) => text !== "." && text !== "..", "An ID of dots only is not safe in a key.")
  .refine((text) => !unseen.test(text), "The ID contains a character that cannot be seen.");

/** True for what can be an owner's id, and so stand in a key. */
export const isOwnerId = (text: string): boolean => id.safeParse(text).success;

const name = z
  .string()
  .trim()
  .min(1, "The name is empty.")
  .max(LONGEST_NAME, `The name is longer than ${LONGEST_NAME} characters.`)
  .refine((text) => !unseen.test(text), "The name contains a character that cannot be seen.");

const email = z
  .string()
  .trim()
  .max(LONGEST_EMAIL, `The email address is longer than ${LONGEST_EMAIL} characters.`)
  .refine((text) => text === "" || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), {
    error: ({ input }) => `${quote(String(input))} is not an email address.`,
  })
  .transform((text) => (text === "" ? null : text));

/** An owner as people write it, in a form or a line of a file. An empty email address is none. */
export const ownerFields = z.object({ id, name, email });
export type OwnerFields = z.infer<typeof ownerFields>;

/** The owner that someone wrote, or what is wrong with it, as a sentence. */
export function readOwnerFields(written: {
  id: string;
  name: string;
  email: string;
}): { owner: OwnerFields } | { complaint: string } {
  const { success, data, error } = ownerFields.safeParse(written);
  return success ? { owner: data } : { complaint: error.issues[0]?.message ?? "The owner cannot be read." };
}
