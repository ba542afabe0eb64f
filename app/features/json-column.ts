import { z } from "zod";

/** Whatever JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const json: z.ZodType<Json> = z.json();

/**
 * A column of text that holds JSON of this shape: `jsonColumn(scope).parse(row.scope)`, or one property of a row's schema.
 * The column must not be NULL; where it may be, say `.nullable()`. @throws SyntaxError, ZodError where it holds anything else
 */
export const jsonColumn = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

/** What a column of JSON holds, of whatever shape; null when it is empty. */
export const parseJson = (text: string | null): Json => (text === null ? null : jsonColumn(json).parse(text));
