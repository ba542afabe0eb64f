import { isKnownError } from "~/features/known-error";
import { type Decided, decideOne } from "./decide-one.server";

type OneOf = Parameters<typeof decideOne>[1];

/** What became of one of several decisions: a refusal says why, as a sentence. */
export type Answered = Decided | { proposalId: number; refusal: string };

/** Decides one after the other, as pressed; one that is refused keeps none of the others back. */
export async function decideEach(
  deps: Parameters<typeof decideOne>[0],
  {
    decisions,
    ...common
  }: Omit<OneOf, "proposalId" | "decision" | "seen"> & {
    decisions: Pick<OneOf, "proposalId" | "decision" | "seen">[];
  },
): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (const { proposalId, decision, seen } of decisions) {
    try {
      answers.push(await decideOne(deps, { ...common, proposalId, decision, seen }));
    } catch (error) {
      if (!isKnownError(error, "DomainError")) throw error;
      answers.push({ proposalId, refusal: error.message });
    }
  }
  return answers;
}
