import { Fragment } from "react";
import { keys } from "~/components/keyboard";
import { FormDialog } from "~/components/ui/dialog";

/** The console's keys. */
export function KeysDialog({ onClose }: { onClose(): void }) {
  return (
    <FormDialog
      title="Keyboard shortcuts"
      description="They wait while you type, and while a dialog is open."
      onClose={onClose}
    >
      {keys.map(({ title, keys: own }) => (
        <section key={title} className="mt-4">
          <h3 className="text-sm">{title}</h3>
          <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5 text-sm">
            {own.map(({ press, does }) => (
              <Fragment key={does}>
                <dt className="flex gap-1">
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
      ))}
    </FormDialog>
  );
}
