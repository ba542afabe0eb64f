import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import pMap from "p-map";
import { csvLine, csvStart } from "~/features/csv";
import type { ImageQuery } from "~/features/images/query/image-query";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { requireFreeColumns } from "~/features/labels/travel/formats/columns";
import { pathInFolder, toMetadata } from "~/features/labels/travel/formats/image-folder";
import { FILE_END, fileStart, toLine } from "~/features/labels/travel/formats/label-line";
import { csvColumns, labelConfig, toMinimalTask, toTask } from "~/features/labels/travel/formats/label-studio";
import { isStorageError } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import { type ExportedImage, readLabeledImages } from "./read-labeled.sql.server";
import { writeFileWhole } from "./write-file.server";

export const exportFormats = ["labels", "imagefolder", "label-studio", "label-studio-min", "label-studio-csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const isExportFormat = (name: string): name is ExportFormat => exportFormats.some((format) => format === name);

type Deps = Pick<Ports, "db" | "storage" | "clock">;
type Pages = AsyncIterable<ExportedImage[]>;
type Exported = {
  images: number;
  labels: number;
  /** Images that are left out, each with why, as a sentence. */
  failed: string[];
};

const READ_AT_ONCE = 8;

/**
 * Writes the labels of listed images to a file, or for "imagefolder" to a folder with their pictures.
 * @param input.query which images; null: all that have a label
 * @throws DomainError "invalid" for a query or an attribute that the format cannot carry
 */
export async function exportLabels(
  { db, storage, clock }: Deps,
  { format, out, query }: { format: ExportFormat; out: string; query: ImageQuery | null },
): Promise<Exported> {
  const schema = await loadLabelSchema();
  const attributes = Object.keys(schema.attributes);
  if (format !== "labels") requireFreeColumns(attributes);
  const known = { now: clock.now(), ...schema };
  const sums: Exported = { images: 0, labels: 0, failed: [] };
  const pages = counted(readLabeledImages(db, query === null ? undefined : { query, known }), sums);
  const toTaskOf = ({ id, ...image }: ExportedImage) => ({ id, image, address: `s3://${storage.bucket}/${image.key}` });
  if (format === "labels") await writeFileWhole(out, ownParts(pages, query === null));
  else if (format === "imagefolder") {
    await writeFileWhole(join(out, "metadata.jsonl"), writePictures(pages, { storage, out, attributes, sums }));
  } else if (format === "label-studio-csv") {
    const columns = csvColumns(attributes);
    const toRow = (image: ExportedImage): Record<string, string | number | null> => toMinimalTask(toTaskOf(image));
    await writeFileWhole(out, csvParts(pages, columns, toRow));
  } else {
    const toJson = format === "label-studio" ? toTask : toMinimalTask;
    await writeFileWhole(
      out,
      jsonParts(pages, (image) => toJson(toTaskOf(image))),
    );
    if (format === "label-studio") {
      await writeFile(join(dirname(out), "label-config.xml"), labelConfig(schema.attributes));
    }
  }
  return sums;
}

async function* counted(pages: Pages, sums: Exported): AsyncGenerator<ExportedImage[], void> {
  for await (const page of pages) {
    sums.images += page.length;
    sums.labels += page.reduce((total, { labels }) => total + labels.length, 0);
    yield page;
  }
}

async function* ownParts(pages: Pages, whole: boolean): AsyncGenerator<string, void> {
  yield fileStart(whole);
  let separator = "\n";
  for await (const page of pages) {
    yield separator + page.map(toLine).join(",\n");
    separator = ",\n";
  }
  yield `\n${FILE_END}\n`;
}

async function* jsonParts(pages: Pages, toJson: (image: ExportedImage) => object): AsyncGenerator<string, void> {
  yield "[";
  let separator = "\n";
  for await (const page of pages) {
    yield separator + page.map((image) => JSON.stringify(toJson(image))).join(",\n");
    separator = ",\n";
  }
  yield "\n]\n";
}

type Row = Record<string, string | number | null>;

async function* csvParts(
  pages: Pages,
  columns: string[],
  toRow: (image: ExportedImage) => Row,
): AsyncGenerator<string, void> {
  yield csvStart + csvLine(columns);
  for await (const page of pages) {
    yield page
      .map(toRow)
      .map((row) => csvLine(columns.map((column) => row[column] ?? null)))
      .join("");
  }
}

type Folder = { storage: Ports["storage"]; out: string; attributes: string[]; sums: Exported };

/** Writes the pictures of a folder; the lines of its metadata.jsonl follow them, so that none names a picture that is not there. */
async function* writePictures(pages: Pages, { storage, out, attributes, sums }: Folder): AsyncGenerator<string, void> {
  for await (const page of pages) {
    const lines = await pMap(
      page,
      async (image) => {
        const path = pathInFolder(image.key, createHash("sha256").update(image.key).digest("hex"));
        const failure = await writePicture(storage, image.key, join(out, path));
        if (failure === null) return `${JSON.stringify(toMetadata(image, path, attributes))}\n`;
        sums.failed.push(failure);
        sums.images -= 1;
        sums.labels -= image.labels.length;
        return "";
      },
      { concurrency: READ_AT_ONCE },
    );
    yield lines.join("");
  }
}

/** @returns why the picture could not be read, or null */
async function writePicture(storage: Ports["storage"], key: string, file: string): Promise<string | null> {
  try {
    const { body } = await storage.get(key);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, body);
    return null;
  } catch (error) {
    if (!isStorageError(error)) throw error;
    return error.message;
  }
}
