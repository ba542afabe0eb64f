import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import { KeyText } from "~/components/key-text";
import { cx } from "~/components/ui/cx";
import { Status } from "~/components/ui/status";
import type { KeyPreview } from "~/features/ingest/uploads/preview-keys.server";

type KeysPreviewProps = {
  /** As the form would send them. */
  fields: Record<string, string>;
  /** Shown until there is an answer. */
  first: KeyPreview;
};

/** Where the images will lie, by the fields as they are; a question that a further letter overtakes is given up. */
export function KeysPreview({ fields, first }: KeysPreviewProps) {
  const { load, data = first, state } = useFetcher<KeyPreview>();
  const address = `/ingest-keys?${new URLSearchParams(fields)}`;
  useEffect(() => load(address), [load, address]);
  return (
    <div className="flex flex-col gap-1">
      <h2 className="text-sm font-medium">Where they will lie</h2>
      <p
        data-keys
        aria-busy={state !== "idle"}
        className={cx(
          "min-h-9 rounded-md border border-line bg-sunken px-2.5 py-1.5 text-sm transition-opacity",
          state !== "idle" && "opacity-70",
        )}
      >
        {"pattern" in data ? <KeyText>{data.pattern}</KeyText> : <Status tone="warn">{data.problem}</Status>}
      </p>
      {"pattern" in data && (
        <p className="text-xs text-muted">
          What stands in braces is not known yet: the hash and the extension come from the image itself.
        </p>
      )}
    </div>
  );
}
