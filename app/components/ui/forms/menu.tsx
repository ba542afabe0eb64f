import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";

const itemClass =
  "flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-sm outline-none select-none data-highlighted:bg-hover max-sm:min-h-11 [&_svg]:size-4 [&_svg]:text-muted";

/** Opens below its trigger; arrow keys, Home, End, letters and Escape work. */
export function Menu({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={6} className="float-panel z-50 min-w-48 p-1">
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 py-1.5 text-xs text-muted">{children}</DropdownMenu.Label>;
}

export const MenuSeparator = () => <DropdownMenu.Separator className="my-1 h-px bg-line" />;

type MenuItemProps = {
  onSelect: () => void;
  /** Why it cannot be chosen now; null: it can. */
  refusal?: string | null;
  children: ReactNode;
};

export function MenuItem({ onSelect, refusal = null, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item
      // Not `disabled`, which would keep the reason from whoever moves by keys.
      onSelect={refusal === null ? onSelect : (event) => event.preventDefault()}
      aria-disabled={refusal !== null || undefined}
      className={itemClass}
    >
      {refusal === null ? (
        children
      ) : (
        <>
          <span className="flex items-center gap-2 text-muted">{children}</span>
          <span className="text-xs text-muted">{refusal}</span>
        </>
      )}
    </DropdownMenu.Item>
  );
}

type RadioProps<T extends string> = {
  value: T;
  onChange: (value: T) => void;
  options: { value: T; label: string; icon: ReactNode }[];
};

export function MenuRadio<T extends string>({ value, onChange, options }: RadioProps<T>) {
  return (
    <DropdownMenu.RadioGroup value={value}>
      {options.map((option) => (
        <DropdownMenu.RadioItem
          key={option.value}
          value={option.value}
          onSelect={() => onChange(option.value)}
          className={itemClass}
        >
          {option.icon}
          {option.label}
          <DropdownMenu.ItemIndicator className="ml-auto">
            <Check aria-hidden />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
