import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

export const TooltipProvider = Radix.Provider;

/** Names what has only an icon; shown on hover and on focus, never the only place of a fact. */
export function Tooltip({ text, children }: { text: string; children: ReactNode }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content side="right" sideOffset={8} className="float-panel z-50 px-2 py-1 text-xs">
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
