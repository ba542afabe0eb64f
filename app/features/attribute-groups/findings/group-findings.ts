import { plural } from "~/features/format";
import { groupBy } from "~/features/group-by";
import { baseName, folderBelow, hasImageExtension } from "~/features/images/key-layout";
import {
  type AttributeRoot,
  allCombinations,
  canonicalGroupName,
  describeAttributes,
  type LabelSchema,
} from "~/features/label-schema/label-schema";
import { quote } from "~/quote";
import { type AuditedGroup, type AuditedRoot, isDirect } from "./audit-listing";
import { explainNoReference } from "./explain-no-reference";
import { findLabelProblems, type LabelledImage } from "./label-findings";
import { type NewFinding, newFinding } from "./new-finding";

/** Why the bytes with this ETag are no usable image. */
export type Undecodable = { etag: string; reason: string };

/** What is known of images beside the listing. Each is said of an ETag, so it cannot drift from what S3 lists. */
export type KnownOfImages = {
  /** By key, what reading the bytes of an ETag told. */
  undecodable: ReadonlyMap<string, Undecodable>;
  /** By key, the ETag whose bytes lie in an archive tier that no listing shows. */
  archived: ReadonlyMap<string, string>;
  /** Images below the root that have accepted labels, in key order. */
  labelled: LabelledImage[];
};

const NAMES_SHOWN = 3;

/** Every discrepancy of a root, in key order. */
export function findDiscrepancies(
  schema: LabelSchema,
  root: AttributeRoot,
  audited: AuditedRoot,
  { undecodable, archived, labelled }: KnownOfImages,
): NewFinding[] {
  const labelProblems = findLabelProblems(root, audited, labelled);
  if (audited.groups.length === 0 && audited.strays.length === 0) {
    return [newFinding("empty-root", root.prefix, `Nothing lies below ${quote(root.prefix)}.`), ...labelProblems];
  }
  return [
    ...audited.strays.map((stray) =>
      newFinding("stray-object", stray.key, `${quote(baseName(stray.key))} is directly below the root, in no group.`, {
        objects: [stray],
      }),
    ),
    ...audited.groups.flatMap((group) => [
      ...findNameProblem(group),
      ...findReferenceProblem(group),
      ...findArchived(group, archived),
      ...findNested(group),
      ...findBadFiles(group, undecodable),
    ]),
    ...findCombinationProblems(schema, root, audited.groups),
    ...labelProblems,
  ];
}

function findNameProblem({ reading, name, prefix }: AuditedGroup): NewFinding[] {
  if (reading.attributes) return [];
  return [newFinding(reading.reason, prefix, `${quote(name)} is ${reading.problem}.`, { groups: [prefix] })];
}

function findReferenceProblem({ name, prefix, images, candidates, reference }: AuditedGroup): NewFinding[] {
  if (reference) return [];
  const { type, reason } = explainNoReference(name, { images, candidates });
  const objects = candidates.length > 0 ? candidates : images;
  return [newFinding(type, prefix, reason, { groups: [prefix], objects })];
}

/** One finding a group, however many of its images are archived: lifecycle rules take whole folders. */
function findArchived({ name, prefix, images }: AuditedGroup, archived: ReadonlyMap<string, string>): NewFinding[] {
  const objects = images.filter(({ key, etag, isArchived }) => isArchived || archived.get(key) === etag);
  if (objects.length === 0) return [];
  const names = objects.slice(0, NAMES_SHOWN).map(({ key }) => quote(baseName(key)));
  const more = objects.length > NAMES_SHOWN ? ` and ${objects.length - NAMES_SHOWN} more` : "";
  const sentence = `${quote(name)} holds ${plural(objects.length, "archived image")}: ${names.join(", ")}${more}.`;
  return [newFinding("archived", prefix, sentence, { groups: [prefix], objects })];
}

/** One finding for each subfolder of the group, whatever lies in it. */
function findNested({ name, prefix, objects }: AuditedGroup): NewFinding[] {
  const folders = groupBy(
    objects.filter(({ key }) => !isDirect(prefix, key)),
    ({ key }) => folderBelow(prefix, key) ?? prefix,
  );
  return Array.from(folders, ([folder, nested]) => {
    const path = `${name}/${folder.slice(prefix.length)}`;
    const sentence = `${quote(path)} holds ${plural(nested.length, "object")} below a group; only what is directly in a group's folder belongs to it.`;
    return newFinding("nested-too-deep", folder, sentence, { groups: [prefix], objects: nested });
  });
}

function findBadFiles(
  { name, prefix, objects }: AuditedGroup,
  undecodable: ReadonlyMap<string, Undecodable>,
): NewFinding[] {
  return objects
    .filter(({ key }) => isDirect(prefix, key))
    .flatMap((object) => {
      const where = `${quote(baseName(object.key))} in ${quote(name)}`;
      const evidence = { groups: [prefix], objects: [object] };
      if (!hasImageExtension(object.key)) {
        return [newFinding("not-an-image", object.key, `${where} is not named as an image.`, evidence)];
      }
      if (object.bytes === 0) return [newFinding("zero-bytes", object.key, `${where} has 0 bytes.`, evidence)];
      const problem = undecodable.get(object.key);
      if (problem?.etag !== object.etag) return [];
      return [newFinding("undecodable", object.key, `${where} cannot be used: ${problem.reason}`, evidence)];
    });
}

function findCombinationProblems(schema: LabelSchema, root: AttributeRoot, groups: AuditedGroup[]): NewFinding[] {
  const byAttributes = groupBy(
    groups.filter((group) => group.reading.attributes),
    (group) => JSON.stringify(group.reading.attributes),
  );
  return allCombinations(schema, root).flatMap((attributes) => {
    const same = byAttributes.get(JSON.stringify(attributes)) ?? [];
    const [first] = same;
    if (!first) {
      const subject = `${root.prefix}${canonicalGroupName(root, attributes)}/`;
      return [newFinding("missing-combination", subject, `There is no group for ${describeAttributes(attributes)}.`)];
    }
    if (same.length === 1) return [];
    const names = same.map((group) => quote(group.name));
    const sentence = `${names.slice(0, -1).join(", ")} and ${names.at(-1)} stand for the same: ${describeAttributes(attributes)}.`;
    return [newFinding("same-attributes", first.prefix, sentence, { groups: same.map((group) => group.prefix) })];
  });
}
