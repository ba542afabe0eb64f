import { z } from "zod";

/**
 * What is written beside a backup once it was read back: its presence is what makes a backup good. Another version of the console
 * may read it, so that fields are added and never changed.
 */
export const manifest = z.object({
  /** When the copy was begun, in ms. */
  takenAt: z.number(),
  /** Of the object. */
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of the database in it. */
  databaseBytes: z.int().nonnegative(),
  /** The last migration that it has seen. */
  schema: z.string().nullable(),
  /** How many rows each table has. */
  rows: z.record(z.string(), z.int().nonnegative()),
  /** The run that made it, and that is under way in it. */
  runId: z.int(),
});
export type Manifest = z.infer<typeof manifest>;
