import { CircleAlert } from "lucide-react";

/** Why a run itself could not go on. */
export function RunError({ run }: { run: { error: string | null } }) {
  if (!run.error) return null;
  return (
    <div role="alert" className="flex items-start gap-3 rounded-md border border-bad bg-surface px-4 py-3">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0">
        <p className="font-medium">This run stopped with an error</p>
        <p className="break-words text-muted">{run.error}</p>
      </div>
    </div>
  );
}
