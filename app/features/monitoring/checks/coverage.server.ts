import { z } from "zod";
import { attributeWords } from "~/features/attribute-words";
import { count, plural } from "~/features/format";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { readAllCoverage } from "~/features/labeling/progress/read-coverage.sql.server";
import { defineCheck, type Earlier, type Judgement, type Trouble } from "~/features/monitoring/check";

const attribute = z.object({ attribute: z.string(), labeled: z.number(), stale: z.number(), eligible: z.number() });
const reading = z.object({ attributes: z.array(attribute) });
type Reading = z.infer<typeof reading>;

export const coverage = defineCheck({
  name: "coverage",
  title: "Coverage",
  unit: "percent",
  measures: "labels of present images, of as many as there could be, over all attributes",
  rule: "Regressed: an attribute has 1 % fewer labels than within the last day, and ten at least. A label that is stale does not count.",
  link: "/images",
  reading,

  async measure({ db }) {
    const { attributes } = await loadLabelSchema();
    return { attributes: await readAllCoverage(db, Object.keys(attributes)) };
  },

  judge: ({ attributes }, { earlier }) => judgeCoverage({ attributes }, earlier),
});

const LOST = { share: 0.01, least: 10 };

export function judgeCoverage({ attributes }: Reading, earlier: readonly Earlier<Reading>[]): Judgement {
  const sum = (of: (one: z.infer<typeof attribute>) => number) => attributes.reduce((total, one) => total + of(one), 0);
  const [labeled, possible, stale] = [sum((one) => one.labeled), sum((one) => one.eligible), sum((one) => one.stale)];
  const value = possible === 0 ? 0 : (labeled / possible) * 100;
  const troubles = attributes.flatMap(({ attribute: name, labeled: now }): Trouble[] => {
    const most = Math.max(0, ...earlier.flatMap((one) => labeledThen(one.reading, name)));
    const lost = most - now;
    if (lost < Math.max(most * LOST.share, LOST.least)) return [];
    const sentence = `${count(lost)} of ${plural(most, "label")} of ${attributeWords(name)} are gone or stale within a day. The audit log says who changed them; a run can be undone.`;
    return [{ verdict: "regressed", about: name, severity: "warning", sentence, link: "/audit-log" }];
  });
  const old =
    stale === 0 ? "" : ` ${plural(stale, "label")} ${stale === 1 ? "is" : "are"} stale: the image has changed since.`;
  const sentence = `${count(labeled)} of ${count(possible)} possible labels, of ${plural(attributes.length, "attribute")}.${old}`;
  if (troubles.length === 0) return { verdict: "healthy", level: "ok", sentence, value };
  return {
    verdict: "regressed",
    level: "warn",
    sentence: troubles.map((one) => one.sentence).join(" "),
    value,
    troubles,
  };
}

const labeledThen = ({ attributes }: Reading, name: string): number[] =>
  attributes.flatMap(({ attribute: known, labeled }) => (known === name ? [labeled] : []));
