import { Status, type Tone } from "~/components/ui/status";

const severities: Record<string, { tone: Tone; word: string }> = {
  error: { tone: "bad", word: "Error" },
  warning: { tone: "warn", word: "Warning" },
  info: { tone: "info", word: "Note" },
};

/** A finding's severity as icon and word; `text` says more than the word. */
export function Severity({ severity, text }: { severity: string; text?: string }) {
  const { tone, word } = severities[severity] ?? { tone: "info", word: severity };
  return (
    <Status tone={tone} className={text && "text-xs [&>svg]:mt-px [&>svg]:self-start"}>
      {text ?? word}
    </Status>
  );
}
