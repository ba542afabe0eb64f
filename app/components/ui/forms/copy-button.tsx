import { Check, Copy, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./button";

/** Puts `text` on the clipboard and says so for a moment. */
export function CopyButton({ text, label, icon: Icon = Copy }: { text: string; label: string; icon?: LucideIcon }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <IconButton
      label={isCopied ? "Copied" : label}
      onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {isCopied ? <Check aria-hidden className="text-good" /> : <Icon aria-hidden />}
    </IconButton>
  );
}
