import { z } from "zod";

/** No page of ours sends more: an action on picked objects sends up to 1,000 keys, and a few fields that say what to do. */
const FIELDS_AT_MOST = 1_100;

/** What stands behind the dot of “attributes.tone”. */
const KEY_OF_RECORD = /^[A-Za-z][A-Za-z0-9]*$/;

/**
 * The fields of a submitted form, as `schema` gives them. Only fields that the schema names are looked at, each under exactly
 * its name, so that whatever else a form carries reaches no one, the form library least of all; of a field that comes several
 * times the last counts, and a record is read from “name.key”. How many bytes come is limited before, for every request.
 * @param schema of an object, or a choice of objects; with a transform behind it if need be
 * @param options.lists fields that may come any number of times: the schema is given them as arrays
 * @throws a 400 with a sentence for a body that is no form, too many fields, or a value that the schema refuses
 */
export async function readForm<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  { lists = [] }: { lists?: string[] } = {},
): Promise<z.infer<Schema>> {
  const sent = await readFields(request);
  const named = fieldsOf(schema).flatMap(([name, field]): [string, unknown][] => {
    if (lists.includes(name)) return [[name, sent.getAll(name)]];
    const value = field instanceof z.ZodRecord ? readRecord(sent, name) : sent.getAll(name).at(-1);
    return value === undefined ? [] : [[name, value]];
  });
  const fields = schema.safeParse(Object.fromEntries(named));
  if (fields.success) return fields.data;
  throw badRequest(fields.error.issues.map(({ path, message }) => [...path, message].join(": ")).join("; "));
}

/** As our pages send it: none of them sends files. */
async function readFields(request: Request): Promise<URLSearchParams> {
  const isForm = /^application\/x-www-form-urlencoded *(;|$)/i.test(request.headers.get("Content-Type") ?? "");
  const text = isForm ? await request.text().catch(() => null) : null;
  if (text === null) throw badRequest("The request carries no form.");
  if (text.split("&", FIELDS_AT_MOST + 1).length > FIELDS_AT_MOST) {
    throw badRequest("The form has more fields than any page of the console sends.");
  }
  return new URLSearchParams(text);
}

/** Each field that the schema names, with its schema. */
function fieldsOf(schema: z.core.$ZodType): [name: string, field: z.core.$ZodType][] {
  if (schema instanceof z.ZodPipe) return fieldsOf(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(fieldsOf);
  if (schema instanceof z.ZodObject) {
    return Object.entries<z.core.$ZodType>(schema.shape).map(([name, field]) => [
      name,
      field instanceof z.ZodOptional ? field.unwrap() : field,
    ]);
  }
  throw new Error("A form is read by the schema of an object, or of a choice of objects.");
}

/** “attributes.tone=on” as { tone: "on" }; undefined if there is none such. */
function readRecord(sent: URLSearchParams, name: string): Record<string, string> | undefined {
  const start = `${name}.`;
  const own = [...sent]
    .filter(([field]) => field.startsWith(start) && KEY_OF_RECORD.test(field.slice(start.length)))
    .map(([field, value]) => [field.slice(start.length), value]);
  return own.length > 0 ? Object.fromEntries(own) : undefined;
}

const badRequest = (text: string) => new Response(text, { status: 400, headers: { "Content-Type": "text/plain" } });
