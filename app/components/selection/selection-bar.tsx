import { ActionsMenu } from "~/components/actions/actions-menu";
import type { OfferedAction, SelectMore } from "~/components/actions/image-actions-provider";
import { Button } from "~/components/ui/forms/button";

type SelectionBarProps = {
  /** “2 selected”, “All 12,431 matching selected” */
  words: string;
  /** “2 images”, for who does not see what stands around an action. */
  what: string;
  /** A choice that was not taken, and why. */
  complaint?: string | null;
  /** The way to select more: “Select all 12,431 matching”. */
  more: SelectMore | null;
  onClear(): void;
  actions: OfferedAction[];
};

/** What can be done with what is selected; it stays at the foot of the window. On a small one the actions fold into a menu. */
export function SelectionBar({ words, what, complaint, more, onClear, actions }: SelectionBarProps) {
  return (
    <section
      aria-label="Selection"
      data-foot-bar="low"
      className="float-panel sticky bottom-3 z-20 mt-3 flex flex-wrap items-center gap-x-1 gap-y-1 py-2 pr-2 pl-4"
    >
      <p className="mr-2 text-sm font-medium tabular-nums max-sm:grow" role="status">
        {words}
        {complaint && <span className="block font-normal text-bad">{complaint}</span>}
      </p>
      <Button variant="quiet" onClick={onClear}>
        Clear <kbd className="text-xs text-muted max-sm:hidden">Esc</kbd>
      </Button>
      {more && (
        <Button variant="quiet" onClick={more.onPress} className="max-sm:order-last max-sm:w-full">
          {more.label}
        </Button>
      )}
      <span className="grow max-sm:hidden" />
      <div className="flex flex-wrap gap-2 max-lg:hidden">
        {actions.map(({ id, label, refusal, perform, icon: Icon }) => (
          <Button
            key={id}
            aria-disabled={refusal !== null || undefined}
            title={refusal ?? undefined}
            onClick={refusal === null ? perform : undefined}
          >
            <Icon aria-hidden />
            <span>
              {label}
              <span className="sr-only">
                : {what}
                {refusal && `. ${refusal}`}
              </span>
            </span>
          </Button>
        ))}
      </div>
      <div className="lg:hidden">
        <ActionsMenu actions={actions} what={what} />
      </div>
    </section>
  );
}
