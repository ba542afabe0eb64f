import { z } from "zod";
import { quote } from "~/quote";

const LONGEST = 254;

/** An address as someone writes it, in lower case. */
const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(LONGEST, `The email address is longer than ${LONGEST} characters.`)
  .pipe(z.email({ error: ({ input }) => `${quote(String(input))} is not an email address.` }));

/** The address that someone wrote, or what is wrong with it, as a sentence. */
export function readOperatorEmail(written: string): { email: string } | { complaint: string } {
  const { success, data, error } = email.safeParse(written);
  return success ? { email: data } : { complaint: error.issues[0]?.message ?? "The address cannot be read." };
}
