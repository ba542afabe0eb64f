import type { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { count } from "~/features/format";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import type { Check } from "~/features/monitoring/check";
import { quote } from "~/quote";
import { measureCheck } from "./measure-check.server";
import { recordMeasurement } from "./record-measurement.server";
import type { runChecks } from "./run-checks";

/** Its items are names of checks. A measurement, its alerts and the item's outcome are written together. */
export const runChecksHandler = (checks: readonly Check[]): ItemHandler<z.infer<typeof runChecks.payload>> => ({
  async *plan(_ports, { payload }) {
    const names = payload.checks ?? checks.map(({ name }) => name);
    for (const name of names) requireCheck(checks, name);
    yield names.map((name) => ({ subject: name, label: requireCheck(checks, name).title }));
    return { facts: [{ label: "Checks", value: count(names.length) }] };
  },

  async apply(ports, { subject }, { signal }) {
    const check = requireCheck(checks, subject);
    const measurement = await measureCheck(ports, check, signal);
    const { verdict, sentence } = measurement;
    return {
      outcome: "succeeded",
      after: { verdict, sentence },
      write: (tx) => recordMeasurement(tx, check, measurement),
    };
  },
});

/** @throws DomainError "invalid" for a check that this version of the code does not have */
export function requireCheck(checks: readonly Check[], name: string): Check {
  const check = checks.find((known) => known.name === name);
  if (check) return check;
  const known = checks.map((one) => one.name).join(", ");
  throw new DomainError("invalid", `There is no check ${quote(name)}. The checks are ${known}.`);
}
