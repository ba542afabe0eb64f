import type { ImageQuery } from "~/features/images/query/image-query";
import type { Known } from "~/features/images/query/image-query.sql.server";
import type { Space } from "~/features/similar-images/vectors/space";
import type { Ports } from "~/ports/index.server";

export type Deps = Pick<Ports, "db" | "clock" | "log">;

export type SimilarImage = {
  imageId: number;
  /** The cosine of both vectors, of the database's own rows: 1 is the same. */
  similarity: number;
};

export type Similar =
  /** The nearest first; fewer than were asked for only where no more match. `isExact`: each that matches was compared. */
  | { kind: "found"; images: SimilarImage[]; isExact: boolean }
  /** No image has a vector of this model and length. */
  | { kind: "no-vectors" }
  /** The image that others are to be like has none. */
  | { kind: "no-vector-of-image" }
  /** More vectors than are compared one by one, of which a worker is making an index; `indexed` of them are in it. */
  | { kind: "building"; vectors: number; indexed: number };

export type SimilarTo = { vector: Float32Array } | { imageId: number };

export type SimilarSearch = {
  model: string;
  /** A vector of the model, of any length, or an image that has one, which is not among those found. */
  like: SimilarTo;
  /** Which images; each that is found matches it at this moment. */
  query: ImageQuery;
  /** How many. */
  k: number;
  schema: Omit<Known, "now">;
  signal?: AbortSignal;
};

/** What a search asks for: a vector of length 1, in its space. */
export type Asked = { space: Space; vector: Float32Array };

export type Searching = SimilarSearch & Asked;
