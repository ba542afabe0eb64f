import type { Job } from "~/features/job-runs/kinds/job";
import type { StateWords } from "~/features/job-runs/kinds/state-words";
import { parseJson } from "~/features/json-column";

/** An item as its run's page shows it. */
export type ItemView = {
  seq: number;
  /** What a person calls it. */
  name: string;
  /** What it was, where its name does not tell already. */
  was: StateWords | null;
  /** What it became, or while it has no outcome shall become. */
  becomes: StateWords | null;
  outcome: string | null;
  /** An open item that is not touched before. */
  parkedUntil: Date | null;
  reason: string | null;
  attempts: number;
  errorClass: string | null;
  error: string | null;
};

type Row = Omit<ItemView, "name" | "was" | "becomes"> & {
  subject: string;
  label: string | null;
  before: string | null;
  target: string | null;
  after: string | null;
};

/** A row of the ledger, its states in the words of its kind; a kind that is not known any more tells nothing of them. */
export function toItemView(job: Job | undefined, row: Row): ItemView {
  const { seq, subject, label, outcome, parkedUntil, reason, attempts, errorClass, error } = row;
  const describe = job?.definition.describeState ?? (() => null);
  const before = describe(parseJson(row.before), "before");
  const isNamed = typeof before === "object" && before !== null && "key" in before && before.key === (label ?? subject);
  return {
    seq,
    name: label ?? subject,
    was: isNamed ? null : before,
    becomes: outcome === null ? describe(parseJson(row.target), "target") : describe(parseJson(row.after), "after"),
    outcome,
    parkedUntil,
    reason,
    attempts,
    errorClass,
    error,
  };
}
