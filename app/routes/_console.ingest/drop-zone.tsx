import { type DragEvent, useId, useState } from "react";
import { cx } from "~/components/ui/cx";
import { bytes } from "~/features/format";
import { LARGEST_HELD_BYTES } from "~/features/images/objects/held-objects";
import { ACCEPTED } from "~/features/ingest/uploads/upload-file";

/** Takes files that are dropped on it, and has some chosen. */
export function DropZone({ onFiles }: { onFiles(files: Iterable<File>): void }) {
  const [isOver, setOver] = useState(false);
  const id = useId();
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles(event.dataTransfer.files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what can be dropped here can be chosen by the input within
    <div
      data-drop-zone
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        "flex flex-col items-start gap-2 rounded-md border border-dashed p-4",
        isOver ? "border-accent bg-hover" : "border-line-strong",
      )}
    >
      <label htmlFor={id} className="text-sm font-medium">
        Drop images here, or choose them
      </label>
      <p id={`${id}-hint`} className="text-sm text-muted">
        JPEG, PNG, WebP, GIF, AVIF or TIFF, {bytes(LARGEST_HELD_BYTES)} each at most.
      </p>
      <input
        id={id}
        type="file"
        multiple
        accept={ACCEPTED}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => {
          onFiles(Array.from(target.files ?? []));
          // So that the same file can be chosen once more.
          target.value = "";
        }}
        className="w-full text-sm file:mr-3 file:h-8 file:rounded-md file:border file:border-line-strong file:bg-surface file:px-3 file:text-sm file:font-medium file:text-ink max-sm:file:h-11"
      />
    </div>
  );
}
