import type { AuditedGroup } from "~/features/attribute-groups/audit-listing";
import { type AttributeRoot, type LabelSchema, rootAttributes } from "~/features/attribute-groups/label-schema";
import type { PromptExample } from "./prompt-content";

/**
 * The reference images of readable groups, in the order in which they make good shots: each is as unlike those before it
 * as can be (few shared values; the root's first attribute counts first), then in the schema's order. The same groups
 * give the same order whatever order they come in.
 */
export function rankExamples(schema: LabelSchema, root: AttributeRoot, groups: AuditedGroup[]): PromptExample[] {
  const attributes = rootAttributes(schema, root);
  const place = ({ labels }: PromptExample) => attributes.map(({ name, values }) => values.indexOf(labels[name] ?? ""));
  const open = groups
    .flatMap(({ reference, reading }): PromptExample[] =>
      reference && reading.attributes ? [{ key: reference.key, etag: reference.etag, labels: reading.attributes }] : [],
    )
    .sort((a, b) => compareNumbers(place(a), place(b)) || (a.key < b.key ? -1 : 1));

  const ranked: PromptExample[] = [];
  const likeness = ({ labels }: PromptExample) => {
    const shared = attributes.map(({ name }) => ranked.filter((one) => one.labels[name] === labels[name]).length);
    return [shared.reduce((sum, count) => sum + count, 0), ...shared];
  };
  while (open.length > 0) {
    const next = open.reduce((best, one) => (compareNumbers(likeness(one), likeness(best)) < 0 ? one : best));
    open.splice(open.indexOf(next), 1);
    ranked.push(next);
  }
  return ranked;
}

function compareNumbers(a: number[], b: number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
