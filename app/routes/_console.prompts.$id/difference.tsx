import { Form, useSubmit } from "@remix-run/react";
import { settingWords } from "~/components/labels/setting-words";
import { Choice } from "~/components/ui/forms/choice";
import { HiddenFields } from "~/components/ui/forms/intent-button";
import { Panel } from "~/components/ui/panel";
import { attributeWords } from "~/features/attribute-words";
import type { Change, PromptDifference, TextPart } from "~/features/labeling/editing/compare-prompts";

type DifferenceProps = {
  /** Null: there is no other version to compare with. */
  compared: { against: number; difference: PromptDifference } | null;
  versions: { id: number; version: number }[];
  current: number;
};

/** What this version asks that another of its name does not, and the other way round. */
export function Difference({ compared, versions, current }: DifferenceProps) {
  const submit = useSubmit();
  if (!compared) {
    return (
      <Panel>
        <p className="text-sm text-muted">This is the only version, so there is nothing to compare it with.</p>
      </Panel>
    );
  }
  const { against, difference } = compared;
  const isSame = Object.values(difference).every((one) => (Array.isArray(one) ? one.length === 0 : !one));
  return (
    <Panel
      title="Difference"
      aside={
        <Form onChange={({ currentTarget }) => submit(currentTarget, { preventScrollReset: true })}>
          <HiddenFields fields={{ tab: "difference" }} />
          <Choice isInRow label="Compare with" name="against" defaultValue={against} className="!flex-row items-center">
            {versions
              .filter(({ id }) => id !== current)
              .map(({ id, version }) => (
                <option key={id} value={id}>
                  v{version}
                </option>
              ))}
          </Choice>
        </Form>
      }
    >
      {isSame && <p className="text-sm text-muted">Both versions ask exactly the same.</p>}
      <div className="flex flex-col gap-5">
        <Text parts={difference.instructions} />
        <Changes title="Attributes" changes={difference.attributes} nameOf={attributeWords} none="not asked for" />
        <Changes title="Model and settings" changes={difference.settings} nameOf={settingWords} none="not set" />
        <Changes title="Examples" changes={difference.examples} none="not shown" />
        {difference.isReordered && <p className="text-sm">The same examples are shown in another order.</p>}
      </div>
    </Panel>
  );
}

function Text({ parts }: { parts: TextPart[] }) {
  if (parts.length === 0) return null;
  return (
    <section>
      <h3 className="text-sm">Instructions</h3>
      <p className="mt-2 rounded-md bg-sunken p-3 text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
        {parts.map(({ text, side }, index) => {
          const Tag = side === "after" ? "ins" : side === "before" ? "del" : "span";
          // biome-ignore lint/suspicious/noArrayIndexKey: a part has no other name
          return <Part key={index} as={Tag} text={text} />;
        })}
      </p>
    </section>
  );
}

const looks = {
  ins: "text-good underline decoration-1",
  del: "text-bad line-through",
  span: undefined,
};

const Part = ({ as: Tag, text }: { as: "ins" | "del" | "span"; text: string }) => (
  <Tag className={looks[Tag]}>{text}</Tag>
);

type ChangesProps = {
  title: string;
  changes: Change[];
  nameOf?: (name: string) => string;
  /** What it means that one of the two says nothing of it. */
  none: string;
};

function Changes({ title, changes, nameOf = (name) => name, none }: ChangesProps) {
  if (changes.length === 0) return null;
  return (
    <section>
      <h3 className="text-sm">{title}</h3>
      <dl className="mt-2 flex flex-col gap-2 text-sm">
        {changes.map(({ name, before, after }) => (
          <div key={name}>
            <dt className="text-muted [overflow-wrap:anywhere]">{nameOf(name)}</dt>
            <dd className="[overflow-wrap:anywhere]">
              {before === null ? <span className="text-muted">{none}</span> : <Part as="del" text={before} />}
              <span aria-hidden className="px-1.5 text-muted">
                →
              </span>
              <span className="sr-only"> became </span>
              {after === null ? <span className="text-muted">{none}</span> : <Part as="ins" text={after} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
