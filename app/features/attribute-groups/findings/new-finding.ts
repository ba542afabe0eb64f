import type { ListedObject } from "~/features/attribute-groups/snapshots/snapshot-changes";
import { type FindingEvidence, type FindingType, findingTypes, type Severity } from "./finding-types";

/** A discrepancy as an audit sees it. */
export type NewFinding = {
  type: FindingType;
  severity: Severity;
  /** The key or prefix that it is about; one finding of a type for each. */
  subject: string;
  sentence: string;
  evidence: FindingEvidence;
};

/** As many objects as a person looks at; a finding says how many more there are. */
const EVIDENCE_OBJECTS = 20;

export function newFinding(
  type: FindingType,
  subject: string,
  sentence: string,
  evidence: { groups?: string[]; objects?: ListedObject[] } = {},
): NewFinding {
  const { groups = [], objects = [] } = evidence;
  const shown = objects.slice(0, EVIDENCE_OBJECTS).map(({ key, etag, bytes }) => ({ key, etag, bytes }));
  const { severity } = findingTypes[type];
  return {
    type,
    severity,
    subject,
    sentence,
    evidence: { groups, objects: shown, more: objects.length - shown.length },
  };
}
