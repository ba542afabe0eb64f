/** What was done to a mask, in pixels of its base image. */
export type MaskStep =
  | { kind: "stroke"; isErasing: boolean; width: number; points: [x: number, y: number][] }
  | { kind: "box"; isErasing: boolean; left: number; top: number; width: number; height: number }
  | { kind: "invert" }
  | { kind: "clear" }
  /** A mask that was kept: white is painted. */
  | { kind: "kept"; picture: HTMLImageElement };

/** A mask as it was painted on one image, of that image's size. */
export type MaskDrawing = { baseId: number; width: number; height: number; steps: MaskStep[] };

/** The paint, which the page shows half transparent over the picture. */
const PAINT = "#2450d0";

/** Paints all steps anew, so that the last one can be taken back. */
export function paintMask(pen: CanvasRenderingContext2D, { width, height, steps }: MaskDrawing): void {
  pen.globalCompositeOperation = "source-over";
  pen.clearRect(0, 0, width, height);
  for (const step of steps) paintStep(pen, step, { width, height });
}

/** Paints one step upon those before it. */
export function paintStep(
  pen: CanvasRenderingContext2D,
  step: MaskStep,
  { width, height }: { width: number; height: number },
): void {
  pen.fillStyle = PAINT;
  pen.strokeStyle = PAINT;
  if (step.kind === "clear") {
    pen.clearRect(0, 0, width, height);
  } else if (step.kind === "invert") {
    pen.globalCompositeOperation = "source-out";
    pen.fillRect(0, 0, width, height);
  } else if (step.kind === "kept") {
    pen.drawImage(toPaint(step.picture, { width, height }), 0, 0);
  } else {
    pen.globalCompositeOperation = step.isErasing ? "destination-out" : "source-over";
    if (step.kind === "box") pen.fillRect(step.left, step.top, step.width, step.height);
    else paintStroke(pen, step);
  }
  pen.globalCompositeOperation = "source-over";
}

function paintStroke(pen: CanvasRenderingContext2D, { width, points }: { width: number; points: [number, number][] }) {
  const [first] = points;
  if (!first) return;
  pen.lineWidth = width;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.beginPath();
  pen.moveTo(...first);
  // A press without a move is a dot.
  for (const point of points.length === 1 ? points : points.slice(1)) pen.lineTo(...point);
  pen.stroke();
}

/** White of a kept mask as paint, black as none. */
function toPaint(picture: HTMLImageElement, size: { width: number; height: number }): HTMLCanvasElement {
  const { canvas, pen } = newCanvas(size);
  pen.drawImage(picture, 0, 0, size.width, size.height);
  const pixels = pen.getImageData(0, 0, size.width, size.height);
  for (let at = 0; at < pixels.data.length; at += 4) pixels.data[at + 3] = pixels.data[at] ?? 0;
  pen.putImageData(pixels, 0, 0);
  pen.globalCompositeOperation = "source-in";
  pen.fillStyle = PAINT;
  pen.fillRect(0, 0, size.width, size.height);
  return canvas;
}

/**
 * The mask as it is sent: a PNG of the base's size, white where it is painted and black elsewhere.
 * @throws Error with a sentence
 */
export async function toMaskPng(drawing: MaskDrawing): Promise<Blob> {
  const { canvas, pen } = newCanvas(drawing);
  paintMask(pen, drawing);
  pen.globalCompositeOperation = "source-in";
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, drawing.width, drawing.height);
  pen.globalCompositeOperation = "destination-over";
  pen.fillStyle = "#000";
  pen.fillRect(0, 0, drawing.width, drawing.height);
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (png) return png;
  throw new Error("This browser could not make a picture of the mask. Take a smaller base image.");
}

function newCanvas({ width, height }: { width: number; height: number }) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser has no room to paint on. Close other tabs, or take a smaller base image.");
  return { canvas, pen };
}
