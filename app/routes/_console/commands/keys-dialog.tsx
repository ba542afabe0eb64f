import { useLocation } from "@remix-run/react";
import { Fragment } from "react";
import { type KeyGroup, keysOn } from "~/components/keyboard";
import { FormDialog } from "~/components/ui/dialog";

/** The console's keys: those of this page first. */
export function KeysDialog({ onClose }: { onClose(): void }) {
  const { here, elsewhere } = keysOn(useLocation().pathname);
  return (
    <FormDialog
      title="Keyboard shortcuts"
      description="They wait while you type, and while a dialog is open."
      onClose={onClose}
    >
      {here.map((group) => (
        <Keys key={group.title} group={group} />
      ))}
      <div className="mt-6 border-t border-line pt-2">
        <h3 className="mt-2 text-sm text-muted">On other pages</h3>
        {elsewhere.map((group) => (
          <Keys key={group.title} group={group} isElsewhere />
        ))}
      </div>
    </FormDialog>
  );
}

function Keys({ group: { title, keys }, isElsewhere = false }: { group: KeyGroup; isElsewhere?: boolean }) {
  const Heading = isElsewhere ? "h4" : "h3";
  return (
    <section className="mt-4">
      <Heading className="text-sm font-semibold">{title}</Heading>
      <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5 text-sm">
        {keys.map(({ press, does }) => (
          <Fragment key={does}>
            <dt className="flex min-w-16 gap-1">
              {press.map((key) => (
                <kbd key={key} className="rounded-md border border-line-strong bg-sunken px-1.5 text-xs">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className="text-muted">{does}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}
