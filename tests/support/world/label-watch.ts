import { expect } from "vitest";
import type { Db, Label } from "~/ports/db.server";

/** What a label says but for its rev. */
export type LabelContent = Omit<Label, "rev">;

/** What a label is now, to be compared with what it shall be; null for none. */
type Expected = Map<string, Partial<LabelContent> | null>;

/** How an attribute of an image stands: what its label says, and the rev of its last label, whether that is there or not. */
type Standing = { label: LabelContent | null; rev: number };

const keyOf = ({ imageId, attribute }: { imageId: number; attribute: string }) => `${imageId}:${attribute}`;

const contentOf = ({ rev, ...content }: Label): LabelContent => content;

/**
 * Remembers every label that there ever was, from the outside: after each step it compares the tables with what it was told to
 * expect, and with its memory. Whatever the step, only what was expected has changed, revs count on, and the history tells,
 * rev by rev, what was seen.
 */
export async function watchLabels(db: Db) {
  const standings = new Map<string, Standing>();
  const seen = new Map<string, { rev: number; label: LabelContent }[]>();

  const standing = (key: string): Standing => standings.get(key) ?? { label: null, rev: 0 };

  function remember(key: string, label: LabelContent | null, rev: number) {
    standings.set(key, { label, rev });
    if (label) seen.set(key, [...(seen.get(key) ?? []), { rev, label }]);
  }

  async function compareHistory() {
    const [labels, former] = [await db.label.findMany(), await db.labelHistory.findMany()];
    const told = new Map<string, { rev: number; label: LabelContent }[]>();
    const rows = [...former.map(({ endedAt, endedBy, endedByRunId, ...label }) => label), ...labels];
    for (const row of rows.sort((a, b) => a.rev - b.rev)) {
      told.set(keyOf(row), [...(told.get(keyOf(row)) ?? []), { rev: row.rev, label: contentOf(row) }]);
    }
    expect(told, "what present and former labels tell of each rev").toEqual(seen);
    const tallied = (await db.labelTally.findMany()).reduce((sum, { labels }) => sum + labels, 0);
    expect(tallied, "labels that are tallied").toBe(labels.length);
  }

  /** @param by the run that changed them; null for a person where the image is shown */
  async function compare(expected: Expected, by: number | null) {
    const now = new Map((await db.label.findMany()).map((label) => [keyOf(label), label]));
    for (const key of new Set([...now.keys(), ...standings.keys(), ...expected.keys()])) {
      const { label: was, rev } = standing(key);
      const present = now.get(key) ?? null;
      const shall = expected.get(key);
      if (shall === undefined) {
        expect(present, `${key}, which nothing should have changed`).toEqual(was && { ...was, rev });
        continue;
      }
      if (shall === null) expect(present, `${key}, which should have no label`).toBeNull();
      else expect(present, `${key}, which should have changed`).toMatchObject({ ...shall, rev: rev + 1 });
      remember(key, present && contentOf(present), present?.rev ?? rev);
      if (!was) continue;
      const [imageId, attribute] = [was.imageId, was.attribute];
      const where = { imageId_attribute_rev: { imageId, attribute, rev } };
      expect(await db.labelHistory.findUnique({ where }), `who ended ${key}`).toMatchObject({ endedByRunId: by });
    }
    await compareHistory();
  }

  for (const label of await db.label.findMany()) remember(keyOf(label), contentOf(label), label.rev);
  /** The labels that an attribute of an image had before its present one. */
  const formerOf = (key: string) => {
    const { label, rev } = standing(key);
    return (seen.get(key) ?? []).filter((one) => label === null || one.rev < rev);
  };
  return { standing, formerOf, compare };
}
