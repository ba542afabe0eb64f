import { z } from "zod";
import type { AlertKind } from "~/features/alerts/alert";
import { findingPath, groupPath } from "~/features/attribute-groups/group-slug";

export const referenceCause = (root: string, prefix: string) => `reference:${root}:${prefix}`;
export const findingCause = (findingId: number) => `finding:${findingId}`;

const reference = z.strictObject({ key: z.string(), etag: z.string() });

/** What the image that stands for a group was when it last was right, and what it is now; null: the group has none. */
export const referenceDetail = z.strictObject({ group: z.string(), before: reference, after: reference.nullable() });
export type ReferenceDetail = z.infer<typeof referenceDetail>;

/** `findingId` is an open finding of the root. */
const findingDetail = z.strictObject({ findingId: z.number(), type: z.string() });

/** What audits raise alerts about. */
export const groupAlerts: readonly AlertKind[] = [
  {
    kind: "reference-changed",
    linkTo: ({ root, detail }) => groupPath(root, referenceDetail.parse(detail).group),
  },
  {
    kind: "finding",
    linkTo: ({ root, detail }) => findingPath(root, findingDetail.parse(detail).findingId),
  },
];
