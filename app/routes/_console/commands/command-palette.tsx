import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useContext, useRef, useState } from "react";
import { DialogNote, Floating } from "~/components/ui/dialog";
import { useListbox } from "~/components/ui/forms/use-listbox";
import { groupBy } from "~/features/group-by";
import type { Command } from "./command";
import { useCommands } from "./use-commands";

type CommandPaletteProps = { open: boolean; onOpenChange(open: boolean): void; onKeys(): void };

/** Every page, the actions on what is selected, and images, owners and groups by name: found by typing, done by Enter. */
export function CommandPalette({ open, onOpenChange, onKeys }: CommandPaletteProps) {
  const chosen = useRef<Command | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Floating
        className="float-panel top-[min(12vh,120px)] left-1/2 flex max-h-[min(560px,calc(100dvh-min(12vh,120px)-16px))] w-[min(600px,calc(100vw-24px))] -translate-x-1/2 flex-col overflow-hidden"
        close={{ label: "Close", className: "top-2 right-2 max-sm:top-1 max-sm:right-1" }}
        aria-describedby={undefined}
        onClosed={() => {
          // Once the focus is back where it was, so that a dialog that opens now can give it back there, too.
          chosen.current?.run();
          chosen.current = null;
        }}
      >
        <Radix.Title className="sr-only">Search or run a command</Radix.Title>
        <Commands
          onKeys={onKeys}
          onTake={(command) => {
            chosen.current = command;
            onOpenChange(false);
          }}
        />
        {useContext(DialogNote)}
      </Floating>
    </Radix.Root>
  );
}

function Commands({ onKeys, onTake }: { onKeys(): void; onTake(command: Command): void }) {
  const [text, setText] = useState("");
  const commands = useCommands(text, onKeys);
  const listbox = useListbox(commands.length, (index) => {
    const command = commands[index];
    if (command && !command.refusal) onTake(command);
  });
  return (
    <>
      <input
        {...listbox.input}
        role="combobox"
        aria-expanded
        aria-label="Search or run a command"
        placeholder="Search or run a command"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          listbox.restart();
        }}
        spellCheck={false}
        maxLength={200}
        className="h-12 w-full shrink-0 rounded-t-md border-b border-line bg-surface pr-12 pl-4 text-lg -outline-offset-2"
      />
      <div className="min-h-0 grow overflow-y-auto p-2">
        <div {...listbox.list} role="listbox" aria-label="Commands">
          {Array.from(groupBy(commands, ({ group }) => group)).map(([group, members]) => (
            <CommandGroup key={group} title={group}>
              {members.map((command) => (
                <CommandOption key={command.id} command={command} option={listbox.option(commands.indexOf(command))} />
              ))}
            </CommandGroup>
          ))}
        </div>
        <p role="status" className="px-2 text-sm text-muted empty:hidden">
          {commands.length === 0 && "Nothing matches."}
        </p>
      </div>
    </>
  );
}

function CommandGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox
    <div role="group" aria-label={title} className="mb-1">
      <div aria-hidden className="px-2 py-1 text-xs text-muted">
        {title}
      </div>
      {children}
    </div>
  );
}

type OptionProps = { command: Command; option: ReturnType<ReturnType<typeof useListbox>["option"]> };

function CommandOption({ command: { label, hint, icon: Icon, refusal }, option }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the active option
    <div
      {...option}
      role="option"
      aria-disabled={refusal ? true : undefined}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 py-1 text-sm aria-disabled:cursor-default aria-selected:bg-hover max-sm:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
    >
      <Icon aria-hidden />
      <span className={refusal ? "text-muted" : undefined}>{label}</span>
      <span className="ml-auto max-w-[50%] truncate text-right text-xs text-muted">{refusal ?? hint}</span>
    </div>
  );
}
