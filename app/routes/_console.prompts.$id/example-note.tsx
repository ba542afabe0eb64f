import { TriangleAlert } from "lucide-react";
import { plural } from "~/features/format";
import type { ExampleView } from "~/features/labeling/views/prompt-view";
import { quote } from "~/quote";

const sentences: Record<Exclude<ExampleView["state"], "current">, (example: ExampleView) => string> = {
  moved: ({ key, keyNow }) => `${quote(key)} was moved to ${quote(keyNow)}.`,
  replaced: ({ key }) => `${quote(key)} was replaced: another picture lies under its key.`,
  gone: ({ key }) => `${quote(key)} was deleted.`,
  unknown: ({ key }) => `${quote(key)} is not in the image index.`,
};

/** Says which examples are no longer what this version names, and what to do; nothing while all are. */
export function ExampleNote({ examples }: { examples: ExampleView[] }) {
  const changed = examples.filter(({ state }) => state !== "current");
  if (changed.length === 0) return null;
  return (
    <section className="flex items-start gap-2 rounded-md border border-line bg-surface p-4 text-sm">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0">
        <h2 className="text-sm font-medium">
          {changed.length === 1 ? "An example has" : `${plural(changed.length, "example")} have`} changed since this
          version was made
        </h2>
        <ul className="mt-1 [overflow-wrap:anywhere]">
          {changed.map((example) =>
            example.state === "current" ? null : <li key={example.key}>{sentences[example.state](example)}</li>,
          )}
        </ul>
        <p className="mt-1 text-muted">
          A label run with this version stops before its first question. Put the picture back, or save a new version
          with another example.
        </p>
      </div>
    </section>
  );
}
