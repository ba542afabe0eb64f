import { z } from "zod";

/** What a form's field carries as JSON, of this shape. */
export const jsonField = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue("It is not JSON.");
        return z.NEVER;
      }
    })
    .pipe(schema);
