import { Keyboard, Search } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { IconButton } from "~/components/ui/forms/button";
import { CommandPalette } from "./command-palette";
import { KeysDialog } from "./keys-dialog";
import { useShellKeys } from "./use-shell-keys";

/** The command palette with the button that opens it, and the help on keys. */
export function Commands() {
  const [isOpen, setOpen] = useState(false);
  const [hasHelp, setHelp] = useState(false);
  const openPalette = useCallback(() => setOpen(true), []);
  const openHelp = useCallback(() => setHelp(true), []);
  useShellKeys({ onPalette: openPalette, onKeys: openHelp });
  const [isMac, setMac] = useState(false);
  useEffect(() => setMac(/Mac|iPhone|iPad/.test(navigator.userAgent)), []);
  return (
    <>
      <button
        type="button"
        onClick={openPalette}
        aria-keyshortcuts="Control+K Meta+K"
        className="flex h-8 items-center gap-2 rounded-md text-sm text-muted hover:bg-hover hover:text-ink max-lg:w-8 max-lg:justify-center max-sm:size-11 lg:mr-1 lg:border lg:border-control lg:bg-surface lg:pr-1.5 lg:pl-2.5"
      >
        <Search aria-hidden className="size-4" />
        <span className="max-lg:sr-only">Search or run a command</span>
        <kbd className="rounded-md border border-line bg-sunken px-1.5 text-xs max-lg:hidden">
          {isMac ? "⌘ K" : "Ctrl K"}
        </kbd>
      </button>
      {/* No phone has the keys; the command palette leads there all the same. */}
      <IconButton label="Keyboard shortcuts" aria-keyshortcuts="?" className="max-sm:hidden" onClick={openHelp}>
        <Keyboard aria-hidden />
      </IconButton>
      <CommandPalette open={isOpen} onOpenChange={setOpen} onKeys={openHelp} />
      {hasHelp && <KeysDialog onClose={() => setHelp(false)} />}
    </>
  );
}
