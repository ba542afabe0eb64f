import { z } from "zod";
import {
  countToImport,
  differenceWords,
  isSame,
  labelDifference,
} from "~/features/labels/travel/check/label-difference";
import { refreshOwnFileCheck } from "~/features/labels/travel/check/own-file-check.server";
import { OWN_FILE } from "~/features/labels/travel/own-file";
import { defineCheck, type Judgement } from "~/features/monitoring/check";

const reading = z.union([labelDifference, z.object({ problem: z.string() })]);

export const labelsFile = defineCheck({
  name: "labels-file",
  title: "Labels in file and database",
  unit: "count",
  measures: `labels that only one of ${OWN_FILE} and the database has, or that they tell differently`,
  rule: "Behind: the file has labels that an import would bring. Unreadable: it cannot be compared.",
  link: "/",
  reading,
  measure: ({ db, clock }) => refreshOwnFileCheck({ db, clock }),
  judge: judgeLabelsFile,
});

export function judgeLabelsFile(found: z.infer<typeof reading>): Judgement {
  if ("problem" in found) return { verdict: "unreadable", level: "bad", sentence: found.problem, value: null };
  const { onlyHere, onlyInFile, otherValue, otherBytes, otherOrigin, unread } = found;
  const value = onlyHere + onlyInFile + otherValue + otherBytes + otherOrigin + unread;
  if (isSame(found))
    return { verdict: "healthy", level: "ok", sentence: `${OWN_FILE} has the labels of the database.`, value };
  const sentence = `${OWN_FILE} and the database differ: ${differenceWords(found).join("; ")}.`;
  if (countToImport(found) > 0 || unread > 0) {
    return { verdict: "behind", level: "warn", sentence: `${sentence} Plan the import on the overview.`, value };
  }
  return {
    verdict: "ahead",
    level: "ok",
    sentence: `${sentence} scripts/export-labels.ts brings them to the repository.`,
    value,
  };
}
