import { z } from "zod";
import type { Space } from "~/features/similar-images/vectors/space";

/**
 * How an index is made, chosen by measurement (docs/decisions/064-similar-images.md): inner products of vectors of length 1, kept as
 * float16, with up to 16 neighbors each.
 */
export const INDEX_SHAPE = { connectivity: 16, expansion_add: 128, expansion_search: 64 } as const;

/** Grows with any change to what the files hold: older ones are then built anew. */
const VERSION = 1;

const part = z.object({ file: z.string().regex(/^[\w.-]+$/), bytes: z.number().int(), sha256: z.string() });

/**
 * What stands beside an index and its codes, and says what they are: usearch takes whatever metric and dimensions a file has. It is
 * written last, so that files without it are left over from a build that ended early.
 */
export const sidecar = z.object({
  version: z.literal(VERSION),
  model: z.string(),
  dimensions: z.number().int().positive(),
  /** Vectors in the index. */
  count: z.number().int().nonnegative(),
  /** Rows of the model that were read for it, those of other dimensions and those without a usable vector included. */
  rows: z.number().int().nonnegative(),
  /** Of the last row that was read: whatever has a higher id is not in the index. */
  lastId: z.number().int().nonnegative(),
  index: part,
  codes: part,
  /** Some of its rows with the SHA-256 of their vectors: where the database has other vectors, it is another database's index. */
  samples: z.array(z.object({ id: z.number().int(), sha256: z.string() })),
});
export type Sidecar = Omit<z.infer<typeof sidecar>, "version">;

export const toSidecar = (said: Sidecar) => `${JSON.stringify({ version: VERSION, ...said })}\n`;

/** Where the indexes of a database lie. They can be removed at any time: they are made of its rows. */
export const indexFolder = (databaseFile: string) => `${databaseFile}.similar`;

/** How the names of a space's files begin: gemini-embedding-2 and 768 → "gemini-embedding-2-768-". */
export const beginningOf = ({ model, dimensions }: Space) => `${model.replace(/[^\w.-]/g, "_")}-${dimensions}-`;

export const isOf = (space: Space, said: Space) => said.model === space.model && said.dimensions === space.dimensions;
