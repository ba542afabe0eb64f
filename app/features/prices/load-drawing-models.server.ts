import { readJsonFile } from "~/features/json-file.server";
import { createDrawingBook, type DrawingBook } from "./drawing-book";
import { LISTED } from "./load-models.server";
import { modelFile } from "./model-file";

/**
 * The models that draw, from the same files as the others. What MODELS_FILE lists comes before ours, model by model.
 * @throws DomainError "invalid" with one line for each thing that is wrong with a file
 */
export async function loadDrawingModels({ modelsFile }: { modelsFile: string | undefined }): Promise<DrawingBook> {
  const files = [LISTED, ...(modelsFile ? [modelsFile] : [])];
  const read = await Promise.all(files.map((file) => readJsonFile(file, modelFile)));
  return createDrawingBook(Object.assign({}, ...read.map(({ drawing }) => drawing)));
}
