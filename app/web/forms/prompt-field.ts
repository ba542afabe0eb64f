import { z } from "zod";

/** The id of a prompt version as a form's field carries it; "" for the prompt that is made when the run is planned. */
export const promptField = z
  .string()
  .regex(/^\d{0,15}$/)
  .optional()
  .transform((id) => (id ? { versionId: Number(id) } : undefined));
