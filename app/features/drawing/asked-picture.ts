import type { DrawRequest as SentDrawing } from "~/ports/model/draw";
import type { DrawRequest } from "./draw-request";

/** One picture that is asked for. */
export type AskedPicture = {
  seq: number;
  picture: number;
  request: DrawRequest;
  sent: Pick<SentDrawing, "instruction" | "uploads" | "references" | "base">;
};
