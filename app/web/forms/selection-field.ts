import { z } from "zod";
import { imageSelection } from "~/features/images/query/image-selection";

/** A selection of images as a form's field carries it: as JSON, for it may hold ten thousand ids. */
export const selectionField = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue("It is not JSON.");
      return z.NEVER;
    }
  })
  .pipe(imageSelection);
