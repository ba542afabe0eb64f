import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { createContext, type ReactNode, useContext } from "react";
import { IconButton } from "./forms/button";

/** A click on what floats above everything, marked so, is none outside of the dialog: what was typed stays. */
function keepOpen(event: CustomEvent<{ originalEvent: PointerEvent }>) {
  const { target } = event.detail.originalEvent;
  if (target instanceof Element && target.closest("[data-above-dialogs]")) event.preventDefault();
}

/** What every open dialog says at its end. What stands beside a dialog cannot be reached by the keyboard. */
export const DialogNote = createContext<ReactNode>(null);

type DialogProps = {
  title: string;
  /** What will happen, to what; read aloud when the dialog opens. */
  description: ReactNode;
  trigger: ReactNode;
  /** The actions, the harmless one first. */
  children: ReactNode;
};

/** Asks before something that cannot be taken back. Focus stays inside and returns to the trigger. */
export function Dialog({ children, ...dialog }: DialogProps) {
  return (
    <FormDialog {...dialog}>
      <DialogActions>{children}</DialogActions>
    </FormDialog>
  );
}

/** Asks for what an action needs: a form, whose buttons stand in DialogActions. */
export function FormDialog({ title, description, trigger, children }: DialogProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          onPointerDownOutside={keepOpen}
          className="float-panel fixed top-[min(18vh,160px)] left-1/2 z-50 max-h-[calc(100dvh-min(18vh,160px)-16px)] w-[min(440px,calc(100vw-32px))] -translate-x-1/2 overflow-y-auto p-5"
        >
          <Radix.Title className="pr-8 text-lg [overflow-wrap:anywhere]">{title}</Radix.Title>
          <Radix.Description className="mt-2 text-muted [overflow-wrap:anywhere]">{description}</Radix.Description>
          {children}
          {useContext(DialogNote)}
          <Radix.Close asChild>
            <IconButton label="Close" className="absolute top-3 right-3 max-sm:top-2 max-sm:right-2">
              <X aria-hidden />
            </IconButton>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The buttons at a dialog's foot, the harmless one first. */
export const DialogActions = ({ children }: { children: ReactNode }) => (
  <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>
);

export const DialogClose = Radix.Close;

/** The rail of narrow screens: a panel from the left edge. */
export function Drawer({
  title,
  open,
  onOpenChange,
  children,
}: {
  title: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-[min(300px,86vw)] flex-col border-r border-line bg-surface"
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          {children}
          <Radix.Close asChild>
            <IconButton label="Close navigation" className="absolute top-0.5 right-1">
              <X aria-hidden />
            </IconButton>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
