import type { TracedReference } from "~/features/generations/trace-references.server";
import type { StudioFacts } from "./studio-facts";

/** A reference as it was then, what became of it, its role where the console drew (“own”, “reference”, “base”), and why it was not found. */
export type RecordedReference = TracedReference & { role: string | null; why: string | null };

/** A generation, whole. */
export type RecordedGeneration = {
  id: string;
  prompt: string;
  mode: string | null;
  model: string | null;
  finishReason: string | null;
  createdAt: Date;
  owner: { id: string; name: string } | null;
  /** Null: it was not found, or there is none. */
  image: { id: number; key: string; etag: string; isGone: boolean; unreadable: string | null } | null;
  /** How the record names its image, and why that was not found. */
  told: string | null;
  whyNotFound: string | null;
  references: RecordedReference[];
  /** Of those that the console drew. */
  studio: StudioFacts | null;
};

/** Stands side by side: more do not fit, and one has nothing beside it. */
export const COMPARED = { least: 2, most: 4 } as const;
