import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { createContext, type KeyboardEvent, type ReactNode, useContext, useRef } from "react";
import { cx } from "./cx";
import { IconButton } from "./forms/button";

/** A click on what floats above everything, marked so, is none outside of the dialog: what was typed stays. */
function keepOpen(event: CustomEvent<{ originalEvent: PointerEvent }>) {
  const { target } = event.detail.originalEvent;
  if (target instanceof Element && target.closest("[data-above-dialogs]")) event.preventDefault();
}

/** What every open dialog says at its end. What stands beside a dialog cannot be reached by the keyboard. */
export const DialogNote = createContext<ReactNode>(null);

/** What opens a dialog: a control beside it, or something else that keeps it open until `onClose`. */
type Opening = { trigger: ReactNode } | { onClose(): void };

type DialogProps = Opening & {
  title: string;
  /** What will happen, to what; read aloud when the dialog opens. */
  description: ReactNode;
  /** The actions, the harmless one first. */
  children: ReactNode;
  /** Room for pictures. */
  isWide?: boolean;
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
export function FormDialog({ title, description, children, isWide = false, ...opening }: DialogProps) {
  const isOpened = "onClose" in opening;
  return (
    <Radix.Root {...(isOpened && { open: true, onOpenChange: (isOpen) => !isOpen && opening.onClose() })}>
      {!isOpened && <Radix.Trigger asChild>{opening.trigger}</Radix.Trigger>}
      <Floating
        className={cx(
          "float-panel left-1/2 -translate-x-1/2 overflow-y-auto p-5",
          isWide
            ? "top-4 max-h-[calc(100dvh-32px)] w-[min(840px,calc(100vw-32px))]"
            : "top-[min(18vh,160px)] max-h-[calc(100dvh-min(18vh,160px)-16px)] w-[min(440px,calc(100vw-32px))]",
        )}
        close={{ label: "Close", className: "top-3 right-3 max-sm:top-2 max-sm:right-2" }}
        onPointerDownOutside={keepOpen}
      >
        <Radix.Title className="pr-8 text-lg [overflow-wrap:anywhere]">{title}</Radix.Title>
        <Radix.Description className="mt-2 text-muted [overflow-wrap:anywhere]">{description}</Radix.Description>
        {children}
        {useContext(DialogNote)}
      </Floating>
    </Radix.Root>
  );
}

type FloatingProps = Radix.DialogContentProps & {
  close: { label: string; className: string };
  /** Once the focus is back where it was. */
  onClosed?: () => void;
};

/**
 * What covers the page until it is closed: by its button, by Escape, or by a press beside it. The focus returns to where it
 * was; Radix alone knows of triggers only.
 */
export function Floating({ className, close, onClosed, children, ...content }: FloatingProps) {
  const opener = useRef<Element | null>(null);
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
      <Radix.Content
        className={cx("fixed z-50", className)}
        onOpenAutoFocus={() => {
          opener.current = document.activeElement;
        }}
        onCloseAutoFocus={(event) => {
          if (opener.current instanceof HTMLElement) {
            event.preventDefault();
            opener.current.focus();
          }
          onClosed?.();
        }}
        {...content}
      >
        {children}
        <Radix.Close asChild>
          <IconButton label={close.label} className={cx("absolute", close.className)}>
            <X aria-hidden />
          </IconButton>
        </Radix.Close>
      </Radix.Content>
    </Radix.Portal>
  );
}

/** The buttons at a dialog's foot, the harmless one first. */
export const DialogActions = ({ children }: { children: ReactNode }) => (
  <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>
);

export const DialogClose = Radix.Close;

type DrawerProps = { title: string; open: boolean; onOpenChange(open: boolean): void; children: ReactNode };

/** The rail of narrow screens: a panel from the left edge. */
export function Drawer({ title, open, onOpenChange, children }: DrawerProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Floating
        className="inset-y-0 left-0 flex w-[min(300px,86vw)] flex-col border-r border-line bg-surface"
        close={{ label: "Close navigation", className: "top-0.5 right-1" }}
        aria-describedby={undefined}
      >
        <Radix.Title className="sr-only">{title}</Radix.Title>
        {children}
      </Floating>
    </Radix.Root>
  );
}

type SidePanelProps = DrawerProps & {
  /** Where the focus goes once it is closed; true: it went there. */
  onCloseFocus(): boolean;
  onKey(event: KeyboardEvent<HTMLDivElement>): void;
};

/** What is looked at beside a list: a panel from the right edge, on a narrow screen all of it. */
export function SidePanel({ title, open, onOpenChange, onCloseFocus, onKey, children }: SidePanelProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Floating
        className="inset-y-0 right-0 w-[min(1180px,calc(100vw-48px))] overflow-y-auto border-l border-line bg-canvas outline-none max-sm:w-full max-sm:border-l-0"
        close={{ label: "Close", className: "top-2.5 right-2 sm:top-4 sm:right-6" }}
        aria-describedby={undefined}
        onPointerDownOutside={keepOpen}
        onKeyDown={onKey}
        onCloseAutoFocus={(event) => onCloseFocus() && event.preventDefault()}
      >
        <Radix.Title className="sr-only">{title}</Radix.Title>
        {children}
        {useContext(DialogNote)}
      </Floating>
    </Radix.Root>
  );
}
