export type Severity = "error" | "warning" | "info";

/** What the console itself can do about a finding; each is a run with a plan and an undo. */
export type MendingAction = "rename-group" | "merge-groups" | "set-reference" | "move-images" | "quarantine-objects";

type FindingKind = {
  /** As lists and filters call it. */
  title: string;
  severity: Severity;
  /** What to do about it. */
  advice: string;
  /** The most likely first. */
  actions: readonly MendingAction[];
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
    actions: ["rename-group"],
  },
  "unknown-value": {
    title: "Unknown value",
    severity: "error",
    advice: "Rename the folder, or add the value (or an alias) to labels/schema.json.",
    actions: ["rename-group"],
  },
  "same-attributes": {
    title: "Two groups with the same attributes",
    severity: "error",
    advice: "Merge the folders, or rename the one that is wrong.",
    actions: ["merge-groups", "rename-group"],
  },
  "empty-root": {
    title: "Empty root",
    severity: "error",
    advice: "Check the root's prefix in labels/schema.json against the bucket.",
    actions: [],
  },
  undecodable: {
    title: "Undecodable image",
    severity: "error",
    advice: "Replace the file, or move it out of the group.",
    actions: ["quarantine-objects"],
  },
  archived: {
    title: "Archived images",
    severity: "error",
    advice: "Restore them in the store, or replace them: archived images cannot be drawn from, labeled or moved.",
    actions: [],
  },
  "zero-bytes": {
    title: "Empty file",
    severity: "error",
    advice: "Upload the file again, or move it out of the group.",
    actions: ["quarantine-objects"],
  },
  "label-contradicts": {
    title: "Label contradicts the folder",
    severity: "error",
    advice: "Move the image into the group that matches its label, or correct the label.",
    actions: ["move-images"],
  },
  "several-candidates": {
    title: "Several reference candidates",
    severity: "warning",
    advice: "Choose the one that stands for the group; the others are renamed.",
    actions: ["set-reference"],
  },
  "no-reference": {
    title: "No reference image",
    severity: "warning",
    advice: "Name the image that stands for the group “reference”.",
    actions: ["set-reference"],
  },
  "empty-group": {
    title: "Empty group",
    severity: "warning",
    advice: "Add an image, or remove the folder.",
    actions: [],
  },
  "stray-object": {
    title: "Stray object",
    severity: "warning",
    advice: "Move it into the group that it belongs to, or out of the root.",
    actions: ["move-images", "quarantine-objects"],
  },
  "nested-too-deep": {
    title: "Nested too deep",
    severity: "warning",
    advice: "Move the files up into the group's folder, or out of the root.",
    actions: ["move-images", "quarantine-objects"],
  },
  "not-an-image": {
    title: "Not an image",
    severity: "warning",
    advice: "Move the file out of the group.",
    actions: ["quarantine-objects"],
  },
  "stale-label": {
    title: "Stale label",
    severity: "warning",
    advice: "The image was replaced after its label was accepted: look at it and label it again.",
    actions: [],
  },
  "label-on-vanished-group": {
    title: "Label on a vanished group",
    severity: "warning",
    advice: "Put the folder back if it was removed by mistake; its labels wait for its images.",
    actions: [],
  },
  "missing-combination": {
    title: "Missing combination",
    severity: "info",
    advice: "Add a folder with a reference image, if the agent should draw this combination.",
    actions: [],
  },
} as const satisfies Record<string, FindingKind>;

export type FindingType = keyof typeof findingTypes;

/** Most severe first: the order in which findings are listed. */
/** The most severe first. */
export const SEVERITIES: readonly string[] = ["error", "warning", "info"];

/** For sorting: the more severe, the smaller. */
export const severityRank = (severity: string): number => SEVERITIES.indexOf(severity);

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
  /** Set aside by someone until it closes; null: it is to be dealt with. */
  ignored: { byName: string; at: Date; reason: string } | null;
};
