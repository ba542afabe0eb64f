import type { AuditedGroup } from "~/features/attribute-groups/findings/audit-listing";
import { type AttributeRoot, type LabelSchema, rootAttributes } from "~/features/label-schema/label-schema";
import type { PromptExample } from "./prompt-content";

/**
 * The reference images of readable groups, one by one in the order in which they make good shots: each is as unlike those
 * before it as can be (few shared values; the root's first attribute counts first), then in the schema's order. The same
 * groups give the same order whatever order they come in. Each one asked for costs one look at the groups that are left.
 */
export function* rankExamples(
  schema: LabelSchema,
  root: AttributeRoot,
  groups: AuditedGroup[],
): Generator<PromptExample, void> {
  const attributes = rootAttributes(schema, root);
  const place = ({ labels }: PromptExample) => attributes.map(({ name, values }) => values.indexOf(labels[name] ?? ""));
  const open = groups
    .flatMap(({ reference, reading }): PromptExample[] =>
      reference && reading.attributes ? [{ key: reference.key, etag: reference.etag, labels: reading.attributes }] : [],
    )
    .map((example) => ({ example, place: place(example) }))
    .sort((a, b) => compareNumbers(a.place, b.place) || (a.example.key < b.example.key ? -1 : 1))
    .map(({ example }) => example);

  /** How often each value of an attribute was given out, by both. */
  const given = new Map<string, number>();
  const statedBy = (labels: PromptExample["labels"], attribute: string) => [attribute, labels[attribute]].join(" ");
  const likeness = ({ labels }: PromptExample) => {
    const shared = attributes.map(({ name }) => given.get(statedBy(labels, name)) ?? 0);
    return [shared.reduce((sum, count) => sum + count, 0), ...shared];
  };
  while (open.length > 0) {
    let next = { index: 0, likeness: [Number.POSITIVE_INFINITY] };
    for (const [index, example] of open.entries()) {
      const candidate = { index, likeness: likeness(example) };
      if (compareNumbers(candidate.likeness, next.likeness) < 0) next = candidate;
    }
    for (const example of open.splice(next.index, 1)) {
      for (const { name } of attributes) {
        const value = statedBy(example.labels, name);
        given.set(value, (given.get(value) ?? 0) + 1);
      }
      yield example;
    }
  }
}

function compareNumbers(a: number[], b: number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
