import { useLocation } from "@remix-run/react";
import { Popover as Radix } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";
import { cx } from "./cx";

type PopoverProps = {
  /** One control, which opens it. */
  trigger: ReactNode;
  label: string;
  align?: "start" | "end";
  onOpenAutoFocus?(event: Event): void;
  className: string;
  children: ReactNode;
};

/** A panel below its control. It closes once something chosen in it led to another address. */
export function Popover({ trigger, label, align = "start", className, children, ...focus }: PopoverProps) {
  const [isOpen, setOpen] = useState(false);
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: something was chosen, and led somewhere
  useEffect(() => setOpen(false), [key]);
  return (
    <Radix.Root open={isOpen} onOpenChange={setOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={12}
          aria-label={label}
          className={cx("float-panel z-40 overflow-y-auto", className)}
          {...focus}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
