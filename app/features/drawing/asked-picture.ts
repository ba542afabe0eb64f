import type { DrawRequest as SentDrawing } from "~/ports/model/draw";
import type { DrawRequest } from "./draw-request";
import type { MaskedEdit } from "./masked-edit.server";

/** One picture that is asked for. */
export type AskedPicture = {
  seq: number;
  picture: number;
  request: DrawRequest;
  sent: Pick<SentDrawing, "instruction" | "uploads" | "references" | "base">;
  /** Where the answer goes into its base; null: it is the picture. */
  edit: MaskedEdit | null;
};
