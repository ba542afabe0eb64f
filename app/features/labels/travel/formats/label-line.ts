import { z } from "zod";
import { labelSource } from "~/features/labels/label-state";

/** How a label came to be, as a file tells it: what a label that is imported keeps of where it was accepted. */
export const labelOrigin = z.object({
  source: labelSource,
  /** Who accepted it, by name, and when. */
  by: z.string().optional(),
  at: z.iso.datetime().optional(),
  /** From 0 to 1. */
  confidence: z.number().min(0).max(1).optional(),
  /** The prompt version that a model answered, and the model as it named itself. */
  prompt: z.object({ name: z.string(), version: z.number(), hash: z.string() }).optional(),
  model: z.string().optional(),
  /** The group folder in which the image lay then. */
  folder: z.string().optional(),
  /** The file of another tool from which it was imported first. */
  file: z.string().optional(),
});
export type LabelOrigin = z.infer<typeof labelOrigin>;

/** One label as it travels. `etag`: the bytes for which it was accepted; null: whatever bytes the image has. */
export type TravelingLabel = { attribute: string; value: string; etag: string | null; origin: LabelOrigin };

/** The labels of one image, by its key, in the order of their attributes. */
export type LabeledImage = { key: string; labels: TravelingLabel[] };

const label = labelOrigin.extend({
  value: z.string().min(1),
  /** Where it was accepted for other bytes than the line's. */
  etag: z.string().min(1).optional(),
});
const line = z.object({ key: z.string().min(1), etag: z.string().min(1), labels: z.record(z.string(), label) });

const first = z.object({ version: z.number(), whole: z.boolean().default(false), images: z.tuple([]) });
const VERSION = 1;

/** The line before the images; `whole`: the file has every label there is, so what it does not have is no label any more. */
export const fileStart = (whole: boolean): string => `{"version":${VERSION},"whole":${whole},"images":[`;
/** The line behind them. */
export const FILE_END = "]}";

/** The one line of an image, without the comma that sets it apart from the next. */
export function toLine({ key, labels }: LabeledImage): string {
  const etag = labels[0]?.etag ?? "";
  const values = labels.map(({ attribute, value, etag: own, origin }): [string, object] => {
    const { source, by, at, confidence, prompt, model, folder, file } = origin;
    const bytes = own === etag ? {} : { etag: own };
    return [attribute, { value, ...bytes, source, by, at, confidence, prompt, model, folder, file }];
  });
  return JSON.stringify({ key, etag, labels: Object.fromEntries(values) });
}

/** Whether a line is the first of such a file: is it whole? null: it is another kind of file. */
export function readStart(text: string): { whole: boolean } | { problem: string } | null {
  const parsed = first.safeParse(parse(`${text}${FILE_END}`));
  if (!parsed.success) return null;
  const { version, whole } = parsed.data;
  if (version === VERSION) return { whole };
  return { problem: `is of version ${version}, and this console reads version ${VERSION}. Update the console first` };
}

/** What a line says, and what of it we do not know; or why it says nothing, as the end of a sentence. */
export function readLine(text: string): { image: LabeledImage; unknown: string[] } | { problem: string } {
  const json = parse(text.endsWith(",") ? text.slice(0, -1) : text);
  if (json === undefined) return { problem: "is not JSON" };
  const { success, data, error } = line.safeParse(json);
  if (!success) {
    const [issue] = error.issues;
    return { problem: `is no line of labels: ${issue?.path.join(".") || "it"} ${issue?.message.toLowerCase()}` };
  }
  const labels = Object.entries(data.labels).map(([attribute, { value, etag, ...origin }]) => {
    return { attribute, value, etag: etag ?? data.etag, origin };
  });
  return { image: { key: data.key, labels }, unknown: unknownOf(json) };
}

/** Properties that a newer console or another hand wrote. */
function unknownOf(json: unknown): string[] {
  const shape = z.looseObject({ labels: z.record(z.string(), z.looseObject({})) }).parse(json);
  const ofLabels = Object.values(shape.labels).flatMap((one) =>
    Object.keys(one).filter((name) => !(name in label.shape)),
  );
  return [...Object.keys(shape).filter((name) => !(name in line.shape)), ...ofLabels];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
