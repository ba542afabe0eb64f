import { bytes, capitalized, count, dollars } from "~/features/format";
import type { PlanSummary } from "./plan-summary";

export type PlanLine = { label: string; value: string };

/** What a plan says of itself line by line, for pages and scripts: what it is about, what it leaves, what it costs. */
export function planLines(summary: PlanSummary): PlanLine[] {
  const { images, otherObjects, present = [], leftOut = [], followers = [], facts = [], quote, putsBack } = summary;
  const line = (label: string, value: number | undefined, words = count): PlanLine[] =>
    value === undefined ? [] : [{ label, value: words(value) }];
  return [
    ...line("Images", images),
    ...line("Other objects", otherObjects),
    ...present.flatMap(({ what, count: n }) => line(`Now with ${what}`, n)),
    ...leftOut.flatMap(({ what, count: n }) => line(what, n)),
    ...facts,
    ...(putsBack
      ? [
          {
            label: `Restores what run ${putsBack.runId} changed`,
            value: `${count(putsBack.items)} of ${count(putsBack.of)}`,
          },
        ]
      : []),
    ...followers.flatMap(({ what, count: n }) => line(`${capitalized(what)} that follow`, n)),
    ...line("Bytes", summary.bytes, bytes),
    ...line("S3 calls", summary.s3Calls),
    ...(quote ? [{ label: "Cost", value: quoteWords(quote) }] : []),
  ];
}

const quoteWords = ({ expectedUsd, p90Usd, mostUsd }: NonNullable<PlanSummary["quote"]>) =>
  [
    dollars(expectedUsd),
    ...(p90Usd === undefined ? [] : [`9 in 10 times at most ${dollars(p90Usd)}`]),
    ...(mostUsd === undefined ? [] : [`at most ${dollars(mostUsd)}`]),
  ].join(", ");
