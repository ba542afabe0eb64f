import type { ReactNode } from "react";
import { KeyText } from "~/components/key-text";
import { CountTitle } from "~/components/ui/count-title";
import { More } from "~/components/ui/more";
import { Panel } from "~/components/ui/panel";
import type { ChangedGroup, ListedObject } from "~/features/attribute-groups/snapshots/snapshot-changes";
import { bytes, plural } from "~/features/format";
import type { ChangesContent } from "~/routes/_console.attribute-groups._index/content.server";
import { Arrow, Etag, GroupLink } from "./change-marks";
import { ReferenceChangeRow } from "./reference-change-row";

type Comparison = NonNullable<ChangesContent["comparison"]>;
type ChangeSectionsProps = { root: string; prefix: string; comparison: Comparison };

/** One section for each kind of change that there is, the weightiest first. */
export function ChangeSections({ root, prefix, comparison: { changes, counts, pictures } }: ChangeSectionsProps) {
  const { references, renamed, added, removed, objects } = changes;
  const key = (text: string) => <KeyText>{text.startsWith(prefix) ? text.slice(prefix.length) : text}</KeyText>;
  const group = ({ name, images }: ChangedGroup, isThere: boolean) => (
    <>
      {isThere ? <GroupLink root={root} name={name} /> : <span className="font-medium break-all">{name}</span>}
      <Note>{plural(images, "image")}</Note>
    </>
  );
  const object = (listed: ListedObject) => (
    <>
      {key(listed.key)}
      <Note>
        {bytes(listed.bytes)} · ETag <Etag etag={listed.etag} />
      </Note>
    </>
  );
  return (
    <>
      <Section
        title="Reference images changed"
        total={counts.references}
        items={references}
        keyOf={({ prefix }) => prefix}
      >
        {(change) => <ReferenceChangeRow root={root} change={change} pictures={pictures} />}
      </Section>
      <Section title="Groups renamed" total={counts.renamed} items={renamed} keyOf={({ to }) => to.prefix}>
        {({ from, to }) => (
          <>
            <span className="text-muted break-all">{from.name}</span>
            <Arrow />
            {group(to, true)}
          </>
        )}
      </Section>
      <Section title="Groups added" total={counts.added} items={added} keyOf={({ prefix }) => prefix}>
        {(each) => group(each, true)}
      </Section>
      <Section title="Groups removed" total={counts.removed} items={removed} keyOf={({ prefix }) => prefix}>
        {(each) => group(each, false)}
      </Section>
      <Section title="Objects moved" total={counts.moved} items={objects.moved} keyOf={({ to }) => to}>
        {({ from, to, bytes: size }) => (
          <>
            {key(from)}
            <Arrow />
            {key(to)}
            <Note>{bytes(size)}</Note>
          </>
        )}
      </Section>
      <Section title="Objects added" total={counts.objectsAdded} items={objects.added} keyOf={({ key }) => key}>
        {object}
      </Section>
      <Section title="Objects removed" total={counts.objectsRemoved} items={objects.removed} keyOf={({ key }) => key}>
        {object}
      </Section>
      <Section
        title="Objects replaced"
        total={counts.objectsReplaced}
        items={objects.replaced}
        keyOf={({ key }) => key}
      >
        {({ key: replaced, before, after }) => (
          <>
            {key(replaced)}
            <Note>
              ETag <Etag etag={before.etag} /> → <Etag etag={after.etag} /> · {bytes(before.bytes)} →{" "}
              {bytes(after.bytes)}
            </Note>
          </>
        )}
      </Section>
    </>
  );
}

type SectionProps<Item> = {
  title: string;
  total: number;
  /** The first of them. */
  items: Item[];
  keyOf(item: Item): string;
  children(item: Item): ReactNode;
};

function Section<Item>({ title, total, items, keyOf, children }: SectionProps<Item>) {
  if (total === 0) return null;
  return (
    <Panel title={<CountTitle total={total}>{title}</CountTitle>} isPadded={false}>
      <ul className="divide-y divide-line text-sm">
        {items.map((item) => (
          <li key={keyOf(item)} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2">
            {children(item)}
          </li>
        ))}
        <More total={total} shown={items.length} className="px-4 py-2" />
      </ul>
    </Panel>
  );
}

const Note = ({ children }: { children: ReactNode }) => (
  <span className="text-xs text-muted tabular-nums sm:ml-auto">{children}</span>
);
