import type { z } from "zod";

/**
 * The fields of a submitted form, as `schema` gives them; of a field that comes several times the last counts.
 * @param options.lists fields that may come any number of times: the schema is given them as arrays
 * @throws a 400 with a sentence for a body that is no form, or a value that the schema refuses
 */
export async function readForm<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  { lists = [] }: { lists?: string[] } = {},
): Promise<z.infer<Schema>> {
  const form = await request.formData().catch(() => null);
  if (!form) throw badRequest("The request carries no form.");
  const all = lists.map((name) => [name, form.getAll(name)]);
  const fields = schema.safeParse({ ...Object.fromEntries(form), ...Object.fromEntries(all) });
  if (fields.success) return fields.data;
  throw badRequest(fields.error.issues.map(({ path, message }) => [...path, message].join(": ")).join("; "));
}

const badRequest = (text: string) => new Response(text, { status: 400, headers: { "Content-Type": "text/plain" } });
