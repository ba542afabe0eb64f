import { z } from "zod";

const text = z.string().optional();
const texts = z.record(z.string(), z.string()).optional();

/**
 * The fields that `schema` names as they were sent, for the form library to read by it: what is wrong with a field is said
 * beside it. The library makes objects and lists out of any name that it meets (“a[999999999]” is a list of a billion), so
 * that it must never be given a form as it came.
 * @param others fields that the form carries besides
 */
export const asSent = (schema: z.ZodObject, others: string[] = []) =>
  z
    .object({
      ...Object.fromEntries(
        Object.entries(schema.shape).map(([name, field]) => [name, field instanceof z.ZodRecord ? texts : text]),
      ),
      ...Object.fromEntries(others.map((name) => [name, text])),
    })
    .transform(
      (sent) =>
        new URLSearchParams(
          Object.entries(sent).flatMap(([name, value]): [string, string][] => {
            if (value === undefined) return [];
            if (typeof value === "string") return [[name, value]];
            return Object.entries(value).map(([key, each]) => [`${name}.${key}`, each]);
          }),
        ),
    );
