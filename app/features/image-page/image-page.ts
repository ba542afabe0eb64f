import type { readGeneration } from "~/features/generations/read-generation.server";
import type { PermanentAddress } from "~/features/images/permanent-address";
import type { HistoryEntry } from "~/features/images/view/image-history";
import type { ImageFacts } from "~/features/images/view/read-image.server";

type LabelOfImage = { value: string; source: string; rev: number };

/** What is said of one attribute of an image, and by whom. */
export type ImageJudgement = {
  attribute: string;
  /** What its group's folder states. */
  folder: string | null;
  /** The values that labels/schema.json lists; none for an attribute that it no longer has. */
  values: readonly string[];
  label?: (LabelOfImage & { isStale: boolean; acceptedAt: Date; acceptedBy: string }) | undefined;
  proposal?: { value: string; confidence: number | null; estimate: number | null } | undefined;
};

/** What was asked of a model about an image. */
export type ImageCall = {
  at: Date;
  /** The label run that asked, by its job run's id; null: someone tried the prompt version on the image. */
  runId: number | null;
  triedVersionId: number | null;
  outcome: string;
  reason: string | null;
};

/** The images beside one in a list; null where it ends. */
export type Neighbors = { previous: number | null; next: number | null };

export type ImagePage = {
  image: ImageFacts & { isShownInPlace: boolean };
  /** Null for one that is no longer in the bucket. */
  address: PermanentAddress | null;
  /** The attribute group that it lies in. */
  group: { root: string; name: string; path: string } | null;
  judgements: ImageJudgement[];
  generation: Awaited<ReturnType<typeof readGeneration>>;
  history: HistoryEntry[];
  calls: ImageCall[];
  /** What the audit log keeps of the image itself. */
  events: { id: number; at: Date; actorName: string; sentence: string }[];
  /** Null where no list is known in which it stands. */
  neighbors: Neighbors | null;
};
