import { type PointerEvent, useRef } from "react";
import { type MaskDrawing, type MaskStep, paintStep } from "./mask-drawing";

type Stroke = Extract<MaskStep, { kind: "stroke" }>;

/** Follows the pointer over the canvas; a stroke is a step once the pointer is lifted. */
export function useBrush(
  drawing: MaskDrawing | null,
  brush: Pick<Stroke, "isErasing" | "width">,
  onStroke: (stroke: Stroke) => void,
) {
  const stroke = useRef<Stroke | null>(null);
  function follow(event: PointerEvent<HTMLCanvasElement>) {
    const canvas = event.currentTarget;
    const pen = canvas.getContext("2d");
    const { current } = stroke;
    if (!current || !drawing || !pen) return;
    const from = current.points.at(-1);
    const to = pointOf(event, drawing);
    current.points.push(to);
    paintStep(pen, { ...current, points: from ? [from, to] : [to] }, drawing);
  }
  function end() {
    if (stroke.current) onStroke(stroke.current);
    stroke.current = null;
  }
  return {
    onPointerDown(event: PointerEvent<HTMLCanvasElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      stroke.current = { kind: "stroke", ...brush, points: [] };
      follow(event);
    },
    onPointerMove: follow,
    onPointerUp: end,
    onPointerCancel: end,
  };
}

/** Where the pointer is, in pixels of the base image. */
function pointOf(event: PointerEvent<HTMLCanvasElement>, { width, height }: MaskDrawing): [number, number] {
  const box = event.currentTarget.getBoundingClientRect();
  return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
}
