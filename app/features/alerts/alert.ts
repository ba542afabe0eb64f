import { z } from "zod";

/** How the causes of alerts are spelled: one open alert for each. */
export const referenceCause = (root: string, prefix: string) => `reference:${root}:${prefix}`;
export const findingCause = (findingId: number) => `finding:${findingId}`;

const reference = z.strictObject({ key: z.string(), etag: z.string() });

/** What the image that stands for a group was when it last was right, and what it is now; null: the group has none. */
export const referenceDetail = z.strictObject({ group: z.string(), before: reference, after: reference.nullable() });
export const findingDetail = z.strictObject({ findingId: z.number(), type: z.string() });

export type ReferenceDetail = z.infer<typeof referenceDetail>;

/** An open alert as pages show it. */
export type AlertView = {
  id: number;
  severity: "error" | "warning";
  root: string;
  /** The key or prefix that it is about. */
  subject: string;
  sentence: string;
  openedAt: Date;
  /** When an audit last saw something new about it. */
  lastSeenAt: Date;
} & (
  | ({ kind: "reference-changed" } & ReferenceDetail)
  /** `findingId` is an open finding of the root. */
  | ({ kind: "finding" } & z.infer<typeof findingDetail>)
);

/** What an alert says, in its columns. */
export type AlertText = { cause: string; subject: string; sentence: string; detail: string };
