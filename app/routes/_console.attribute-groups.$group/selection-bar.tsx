import { MoveDialog } from "~/components/groups/move-dialog";
import { Button } from "~/components/ui/forms/button";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { plural } from "~/features/format";

type SelectionBarProps = {
  group: string;
  selected: string[];
  /** Images on this page. */
  shown: number;
  onSelectAll(): void;
  onClear(): void;
};

/** What can be done with the selected images; each leads to a plan. */
export function SelectionBar({ group, selected, shown, onSelectAll, onClear }: SelectionBarProps) {
  if (selected.length === 0) return null;
  const what = plural(selected.length, "image");
  return (
    <div className="float-panel sticky bottom-3 z-20 mt-3 flex flex-wrap items-center gap-2 py-2 pr-2 pl-4">
      <p className="mr-2 text-sm max-sm:grow font-medium tabular-nums" aria-live="polite">
        {selected.length} selected
      </p>
      <Button variant="quiet" onClick={onClear}>
        Clear <kbd className="text-xs text-muted max-sm:hidden">Esc</kbd>
      </Button>
      {selected.length < shown && (
        <Button variant="quiet" onClick={onSelectAll} className="max-sm:hidden">
          Select all {shown} on this page
        </Button>
      )}
      <span className="grow max-sm:hidden" />
      <MoveDialog keys={selected} what={what} except={group} trigger={<Button>Move {what}…</Button>} />
      <IntentButton leadsAway intent="quarantine-objects" fields={{ keys: selected }}>
        Quarantine {what}
      </IntentButton>
    </div>
  );
}
