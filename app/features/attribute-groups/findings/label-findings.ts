import { count } from "~/features/format";
import { groupBy } from "~/features/group-by";
import { baseName, folderBelow, folderName } from "~/features/images/key-layout";
import { type AttributeRoot, describeAttributes } from "~/features/label-schema/label-schema";
import type { StoredObject } from "~/ports/storage.server";
import { quote } from "~/quote";
import { type AuditedGroup, type AuditedRoot, isDirect } from "./audit-listing";
import { type NewFinding, newFinding } from "./new-finding";

/** The accepted labels of an image, each with the image's ETag when it was accepted; `bytes` as the index last knew. */
export type LabelledImage = {
  key: string;
  bytes: number;
  labels: { attribute: string; value: string; etag: string }[];
};

/**
 * Where accepted labels and folders disagree. Whether an image is there, and with which bytes, the listing says and not
 * its row: a label whose image left a folder that is still there waits for the index to find it.
 */
export function findLabelProblems(root: AttributeRoot, audited: AuditedRoot, labelled: LabelledImage[]): NewFinding[] {
  const groups = new Map(audited.groups.map((group) => [group.prefix, group]));
  // "" for what lies at the root itself.
  const byFolder = groupBy(labelled, ({ key }) => folderBelow(root.prefix, key) ?? "");
  return Array.from(byFolder).flatMap(([prefix, images]) => {
    if (prefix === "") return findStale(audited.strays, images, null);
    const group = groups.get(prefix);
    if (!group) return [vanished(prefix, images)];
    return [...findStale(group.objects, images, group), ...findContradicting(group, images)];
  });
}

function vanished(prefix: string, images: LabelledImage[]): NewFinding {
  const folder = quote(folderName(prefix));
  const sentence = `${folder} is gone, and ${count(images.length)} of its images ${images.length === 1 ? "has" : "have"} accepted labels.`;
  const objects = images.map(({ key, bytes, labels }) => ({ key, bytes, etag: labels[0]?.etag ?? "" }));
  return newFinding("label-on-vanished-group", prefix, sentence, { objects });
}

function findStale(objects: StoredObject[], images: LabelledImage[], group: AuditedGroup | null): NewFinding[] {
  const listed = new Map(objects.map((object) => [object.key, object]));
  return images.flatMap(({ key, labels }) => {
    const object = listed.get(key);
    const stale = labels.filter(({ etag }) => object && object.etag !== etag);
    if (!object || stale.length === 0) return [];
    const sentence = `${nameIn(key, group)} was replaced after its label was accepted: ${say(stale)}.`;
    return [newFinding("stale-label", key, sentence, { groups: group ? [group.prefix] : [], objects: [object] })];
  });
}

/** Only what lies directly in a group's folder belongs to it; a stale label says nothing of the present image. */
function findContradicting(group: AuditedGroup, images: LabelledImage[]): NewFinding[] {
  const { attributes } = group.reading;
  if (!attributes) return [];
  const listed = new Map(group.objects.map((object) => [object.key, object]));
  return images.flatMap(({ key, labels }) => {
    const object = listed.get(key);
    if (!object || !isDirect(group.prefix, key)) return [];
    const contradicting = labels.filter(({ attribute, value, etag }) => {
      return etag === object.etag && attribute in attributes && attributes[attribute] !== value;
    });
    if (contradicting.length === 0) return [];
    const folder = contradicting.map(({ attribute }) => ({ attribute, value: attributes[attribute] ?? "" }));
    const sentence = `${nameIn(key, group)} is labeled ${say(contradicting)}; its folder stands for ${say(folder)}.`;
    return [newFinding("label-contradicts", key, sentence, { groups: [group.prefix], objects: [object] })];
  });
}

const nameIn = (key: string, group: AuditedGroup | null) =>
  group ? `${quote(baseName(key))} in ${quote(group.name)}` : quote(baseName(key));

const say = (labels: { attribute: string; value: string }[]) =>
  describeAttributes(Object.fromEntries(labels.map(({ attribute, value }) => [attribute, value])));
