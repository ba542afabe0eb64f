import type { LabelSource } from "~/features/labels/label-state";
import type { LabelOrigin } from "~/features/labels/travel/formats/label-line";

/** Where a label comes from, whole. */
export type ToldLabel = {
  rev: number;
  value: string;
  source: LabelSource;
  confidence: number | null;
  acceptedAt: Date;
  /** By name. */
  acceptedBy: string;
  /** Its group folder's name when it was accepted; null: it lay in none. */
  folder: string | null;
  /** The run that wrote it; null: a person set it where it is shown. */
  writtenBy: { runId: number; title: string } | null;
  /** The label run that proposed it, by its job run's id. */
  labelRun: number | null;
  /** Of one that was imported: how it came to be there, as the file told it. */
  origin: LabelOrigin | null;
};

export type FormerLabel = ToldLabel & {
  endedAt: Date;
  endedBy: string;
  endedByRun: { runId: number; title: string } | null;
};

/** How a model came to propose a label. */
export type ModelAnswer = {
  /** The label run, by its own id (as image queries know it), and by its job run's (as people do). */
  labelRunId: number;
  labelRun: number;
  prompt: {
    id: number;
    name: string;
    version: number;
    hash: string;
    /** `imageId`: null for one that the index does not know any more. */
    examples: { key: string; imageId: number | null; labels: Record<string, string> }[];
  } | null;
  model: string | null;
  modelVersion: string | null;
  /** What the model wrote, as it came, cut off where it is very long; null: it was not kept. */
  raw: string | null;
};

/** Everything that is known of an attribute's label on an image. */
export type Provenance = {
  imageId: number;
  attribute: string;
  present: (ToldLabel & { isStale: boolean }) | null;
  answer: ModelAnswer | null;
  /** The latest first. */
  former: FormerLabel[];
};
