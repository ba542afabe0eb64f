import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "~/components/ui/forms/button";
import { usePicture } from "~/components/ui/use-picture";
import type { StudioImage } from "~/features/drawing/studio/studio-image.server";
import { plural } from "~/features/format";
import { nameWithFolder } from "~/features/images/key-layout";
import { pictureAddress } from "~/features/images/picture-address";
import { quoteKey } from "~/quote";
import { BoxFields } from "./box-fields";
import { type MaskDrawing, type MaskStep, paintMask } from "./mask-drawing";
import { useBrush } from "./use-brush";

type MaskEditorProps = {
  base: StudioImage;
  drawing: MaskDrawing | null;
  /** The address of a mask to begin with; null: an empty one. */
  kept: string | null;
  onChange(drawing: MaskDrawing): void;
};

/** Paints on the base image where it is to be changed: with the pointer, or by the numbers of rectangles. */
export function MaskEditor({ base, drawing, kept, onChange }: MaskEditorProps) {
  const id = useId();
  const [isErasing, setErasing] = useState(false);
  const [brushPercent, setBrushPercent] = useState(8);
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { hasFailed, ...picture } = usePicture(pictureAddress(base.imageId, "original", base.etag));
  const width = drawing ? Math.max(1, Math.round((drawing.width * brushPercent) / 100)) : 1;
  const add = (step: MaskStep) => drawing && onChange({ ...drawing, steps: [...drawing.steps, step] });
  const undo = () => drawing && onChange({ ...drawing, steps: drawing.steps.slice(0, -1) });
  const brush = useBrush(drawing, { isErasing, width }, add);
  useEffect(() => {
    const pen = canvas.current?.getContext("2d");
    if (pen && drawing) paintMask(pen, drawing);
  }, [drawing]);
  async function begin(image: HTMLImageElement) {
    const size = { baseId: base.imageId, width: image.naturalWidth, height: image.naturalHeight };
    if (drawing?.baseId === size.baseId) return;
    const before = kept === null ? null : await load(kept);
    onChange({ ...size, steps: before ? [{ kind: "kept", picture: before }] : [] });
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for a picture that came before the page was alive
  useEffect(() => {
    const image = frame.current?.querySelector("img");
    if (image?.complete && image.naturalWidth > 0) begin(image);
  }, []);
  function onKeyDown(event: KeyboardEvent) {
    const isField = event.target instanceof HTMLInputElement && event.target.type !== "range";
    if (isField || event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    undo();
  }
  if (hasFailed) {
    return (
      <p role="alert" className="text-sm text-bad">
        {quoteKey(base.key)} cannot be shown here. Choose a base image that is a PNG, JPEG or WebP.
      </p>
    );
  }
  const steps = drawing?.steps.length ?? 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the buttons and fields in it
    <div className="flex min-w-0 flex-col gap-3" onKeyDown={onKeyDown}>
      <div ref={frame} className="relative w-fit max-w-full border-4 border-control">
        <img
          {...picture}
          alt={`The base, ${nameWithFolder(base.key)}`}
          onLoad={({ currentTarget }) => begin(currentTarget)}
          className="block max-h-[60vh] max-w-full"
        />
        <canvas
          ref={canvas}
          width={drawing?.width ?? 1}
          height={drawing?.height ?? 1}
          role="img"
          aria-label={steps === 0 ? "Mask: nothing is painted yet" : `Mask: painted in ${plural(steps, "step")}`}
          {...brush}
          className="absolute inset-0 size-full cursor-crosshair touch-none opacity-60"
        />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <label htmlFor={id} className="text-sm font-medium">
          Brush
        </label>
        <input
          id={id}
          type="range"
          min={1}
          max={40}
          value={brushPercent}
          onChange={({ target }) => setBrushPercent(Number(target.value))}
          aria-valuetext={`${width} pixels`}
          className="w-28 accent-accent-fill max-sm:h-11"
        />
        <span className="w-16 text-sm text-muted tabular-nums">{width} px</span>
        <Button
          aria-pressed={isErasing}
          variant={isErasing ? "primary" : "secondary"}
          onClick={() => setErasing(!isErasing)}
        >
          Erase
        </Button>
        <Button disabled={steps === 0} onClick={undo}>
          Undo
        </Button>
        <Button onClick={() => add({ kind: "invert" })}>Invert</Button>
        <Button disabled={steps === 0} onClick={() => add({ kind: "clear" })}>
          Clear
        </Button>
      </div>
      {drawing && <BoxFields width={drawing.width} height={drawing.height} isErasing={isErasing} onAdd={add} />}
    </div>
  );
}

/** A mask that was kept; null where it does not come. */
const load = (address: string) =>
  new Promise<HTMLImageElement | null>((resolve) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => resolve(null);
    image.src = address;
  });
