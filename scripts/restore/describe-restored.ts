import { bytes, exactTime, plural } from "~/features/format";
import type { Settled } from "~/features/restore/settle-restored.server";
import type { Restored } from "~/ports/sqlite-file/restore-file.server";
import { quote } from "~/quote";

type About = Restored<Settled> & { backup: string; file: string; applied: boolean; seconds: number };

/** What --json prints. */
export function restoredToJson({ settled, ...about }: About) {
  const { asOf, paused, cancelled, sessions } = settled;
  return {
    ...about,
    asOf: asOf?.toISOString() ?? null,
    paused: paused.map(({ id }) => id),
    canceled: cancelled.map(({ id }) => id),
    signedOut: sessions,
  };
}

/** What was done, or would be, and what people do next. */
export function restoredToText({ backup, file, applied, bytes: size, migrated, settled }: About): string {
  const { asOf, paused, cancelled, sessions } = settled;
  const until = asOf ? ` The newest entry is of ${exactTime(asOf)}; what was done since then is not in it.` : "";
  const done = [
    applied ? `Restored ${file} from ${backup}: ${bytes(size)}, checked.${until}` : `${backup} is sound.${until}`,
    ...(migrated.length > 0 ? [`Brought up to date: ${migrated.join(", ")}.`] : []),
    ...paused.map(({ id, title }) => `Paused run ${id}: ${quote(title)}.`),
    ...cancelled.map(({ id, title }) => `Canceled the plan of run ${id}: ${quote(title)}.`),
    ...(sessions > 0 ? [`Signed out ${plural(sessions, "browser")}.`] : []),
  ];
  if (applied) return [...done, "", ...nextSteps(settled)].join("\n");
  return [...done, `All of this happens at ${file} once you add --apply. Nothing has changed.`].join("\n");
}

/** In this order: people are kept out before the console is up, and nothing works on an index of then. */
function nextSteps({ paused }: Settled): string[] {
  const mayPayTwice = paused.some(({ kind }) => kind === "label-run");
  const steps = [
    "npx tsx scripts/operators.ts list: who was removed or given another role since then is let in as before; take them out again.",
    "npx tsx scripts/api-tokens.ts list: a token that was revoked or replaced since then is taken as before; revoke it again.",
    "npx tsx scripts/index-images.ts, then npx tsx scripts/audit-groups.ts: the bucket may have changed since then.",
    "Start the web process and the workers.",
    ...(paused.length > 0 ? ["Look at each paused run, then resume or cancel it."] : []),
    ...(mayPayTwice
      ? ["Model calls made since then are not in it: a label run that is resumed makes, and pays, them again."]
      : []),
    "Acknowledge the alert on the overview: schedules start no run before.",
  ];
  return ["Do next:", ...steps.map((step, n) => `${n + 1}. ${step}`)];
}
