export type Severity = "error" | "warning" | "info";

type FindingKind = {
  /** As lists and filters call it. */
  title: string;
  severity: Severity;
  /** What to do about it. */
  advice: string;
};

/**
 * What an audit can find. An error may lead the image agent to a wrong reference or to none where one is meant to be; a
 * warning wants tidying up; info is worth knowing.
 */
export const findingTypes = {
  "unreadable-name": {
    title: "Unreadable name",
    severity: "error",
    advice: "Rename the folder by the root's pattern.",
  },
  "unknown-value": {
    title: "Unknown value",
    severity: "error",
    advice: "Rename the folder, or add the value (or an alias) to labels/schema.json.",
  },
  "same-attributes": {
    title: "Two groups with the same attributes",
    severity: "error",
    advice: "Merge the folders, or rename the one that is wrong.",
  },
  "empty-root": {
    title: "Empty root",
    severity: "error",
    advice: "Check the root's prefix in labels/schema.json against the bucket.",
  },
  undecodable: {
    title: "Undecodable image",
    severity: "error",
    advice: "Replace the file, or move it out of the group.",
  },
  "zero-bytes": {
    title: "Empty file",
    severity: "error",
    advice: "Upload the file again, or move it out of the group.",
  },
  "several-candidates": {
    title: "Several reference candidates",
    severity: "warning",
    advice: "Keep one image named “reference” or “ref” and rename the others.",
  },
  "no-reference": {
    title: "No reference image",
    severity: "warning",
    advice: "Name the image that stands for the group “reference”.",
  },
  "empty-group": {
    title: "Empty group",
    severity: "warning",
    advice: "Add an image, or remove the folder.",
  },
  "stray-object": {
    title: "Stray object",
    severity: "warning",
    advice: "Move it into the group that it belongs to, or out of the root.",
  },
  "nested-too-deep": {
    title: "Nested too deep",
    severity: "warning",
    advice: "Move the files up into the group's folder, or out of the root.",
  },
  "not-an-image": {
    title: "Not an image",
    severity: "warning",
    advice: "Move the file out of the group.",
  },
  "missing-combination": {
    title: "Missing combination",
    severity: "info",
    advice: "Add a folder with a reference image, if the agent is to draw this combination.",
  },
} as const satisfies Record<string, FindingKind>;

export type FindingType = keyof typeof findingTypes;

/** Most severe first: the order in which findings are listed. */
const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

/** For sorting: the more severe, the smaller. */
export const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** What a finding rests on: the groups that it touches (their prefixes), and the objects as they were listed. */
export type FindingEvidence = {
  groups: string[];
  objects: { key: string; etag: string; bytes: number }[];
  /** Further objects, beyond those shown. */
  more: number;
};

export type Finding = {
  id: number;
  type: FindingType;
  severity: Severity;
  /** The key or prefix that it is about. */
  subject: string;
  sentence: string;
  evidence: FindingEvidence;
  firstSeenAt: Date;
  lastSeenAt: Date;
};
