import { stat } from "node:fs/promises";
import { readJsonFile } from "~/features/json-file.server";
import { createModelBook, type ModelBook } from "./model-book";
import { modelFile } from "./model-file";

const LISTED = "prices/models.json";

const books = new Map<string, { stamp: string; book: Promise<ModelBook> }>();

/**
 * The models that prices/models.json lists, of the project that the process runs in. What another file of the same form
 * lists comes before it, model by model. Read again when either file has changed.
 * @param model.modelsFile the other file; undefined: none
 * @throws DomainError "invalid" with one line for each thing that is wrong with a file
 */
export async function loadModels({ modelsFile }: { modelsFile: string | undefined }): Promise<ModelBook> {
  const files = [LISTED, ...(modelsFile ? [modelsFile] : [])];
  const id = files.join("\n");
  const stamp = (await Promise.all(files.map(stampOf))).join(" ");
  const known = books.get(id);
  if (known?.stamp === stamp) return known.book;
  const book = readBook(files);
  books.set(id, { stamp, book });
  return book;
}

async function readBook(files: string[]): Promise<ModelBook> {
  const read = await Promise.all(files.map((file) => readJsonFile(file, modelFile)));
  return createModelBook(Object.assign({}, ...read.map(({ models }) => models)));
}

async function stampOf(file: string) {
  const { mtimeMs, size } = await stat(file).catch(() => ({ mtimeMs: 0, size: 0 }));
  return `${mtimeMs}/${size}`;
}
