import { KeyText } from "~/components/key-text";
import { Status } from "~/components/ui/status";
import type { StateWords } from "~/features/job-runs/kinds/state-words";

/** What an item was, shall be or became, in the words of its kind. */
export function StateText({ state }: { state: StateWords | null }) {
  if (state === null) return <span className="text-muted">–</span>;
  if (typeof state === "string") return <span className="wrap-break-word">{state}</span>;
  return "key" in state ? <KeyText>{state.key}</KeyText> : <Status tone="warn">Will be skipped</Status>;
}
