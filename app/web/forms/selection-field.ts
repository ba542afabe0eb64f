import { imageSelection } from "~/features/images/query/image-selection";
import { jsonField } from "./json-field";

/** A selection of images as a form's field carries it: as JSON, for it may hold ten thousand ids. */
export const selectionField = jsonField(imageSelection);
