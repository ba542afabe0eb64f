import { findImageIds } from "~/features/attribute-groups/find-image-ids.server";
import { DomainError } from "~/features/domain-error";
import { listUses } from "~/features/generations/uses/uses.sql.server";
import type { Ports } from "~/ports/index.server";
import { quote } from "~/quote";
import { type Judged, judgeGenerations, type Triable } from "./judge-generation.server";
import { type LeftOut, TRIED } from "./trial-words";
import type { Swap } from "./try-reference";

/** Generations that are looked at for a trial, the newest: among more than these nobody would look for a fourth. */
const LOOKED_AT = 100;
/** Of them so many at once. */
const PAGE = 10;

/** The generations of a trial, the newest first, and what of the newer ones is not among them, by its reason. */
export type TrialSample = { generations: Triable[]; leftOut: LeftOut };

/** The newest generations that used the old reference of a swap and can be drawn once more, each with a prompt of its own. */
export async function pickTrial(ports: Pick<Ports, "db" | "model" | "clock">, swap: Swap): Promise<TrialSample> {
  const { old } = swap;
  const imageId = (await findImageIds(ports.db, [old])).get(old.key);
  const ids = await listUses(ports.db, imageId === undefined ? { key: old.key } : { imageId }, LOOKED_AT);
  const generations: Triable[] = [];
  const leftOut = new Map<string, number>();
  const told = () => ({ generations, leftOut: Array.from(leftOut, ([what, count]) => ({ what, count })) });
  for (let first = 0; first < ids.length; first += PAGE) {
    for (const judged of await judgeGenerations(ports, swap, ids.slice(first, first + PAGE))) {
      const why = whyNot(judged, generations);
      if ("request" in judged && why === null) generations.push(judged);
      if (why !== null) leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
      if (generations.length === TRIED) return told();
    }
  }
  return told();
}

function whyNot(judged: Judged, chosen: readonly Triable[]): string | null {
  if ("why" in judged) return judged.why;
  const isSame = chosen.some(({ prompt }) => prompt.trim() === judged.prompt.trim());
  return isSame ? "the same prompt as a newer one" : null;
}

/**
 * The generations of a trial that was begun.
 * @throws DomainError "conflict" where one of them cannot be drawn once more by now
 */
export async function requireTriable(
  ports: Pick<Ports, "db" | "model" | "clock">,
  swap: Swap,
  ids: readonly string[],
): Promise<Triable[]> {
  const judged = await judgeGenerations(ports, swap, ids);
  return ids.map((id) => {
    const found = judged.find((one) => one.id === id);
    if (found && !("why" in found)) return found;
    const why = found?.why ? ` (${found.why})` : "";
    throw new DomainError(
      "conflict",
      `The generation ${quote(id)} can no longer be drawn as it was${why}. Start the trial again from the plan.`,
    );
  });
}
