import { z } from "zod";
import type { LabelSchema } from "~/features/label-schema/label-schema";
import { quote } from "~/quote";
import { imageOf, readColumns, readValue, type ToldImage, toTime } from "./columns";
import type { LabeledImage } from "./label-line";

const time = z.union([z.string(), z.number()]).nullish();
const annotation = z.looseObject({
  result: z.array(z.looseObject({ from_name: z.string().optional(), type: z.string(), value: z.unknown() })).nullish(),
  was_cancelled: z.boolean().nullish(),
  skipped: z.boolean().nullish(),
  created_at: time,
  updated_at: time,
  completed_by: z.union([z.number(), z.string(), z.looseObject({ email: z.string().optional() })]).nullish(),
});
const task = z.looseObject({
  data: z.record(z.string(), z.unknown()),
  annotations: z.array(annotation).optional(),
  /** As exports before version 1.0 called them. */
  completions: z.array(annotation).optional(),
});
type Annotation = z.infer<typeof annotation>;

const isTask = (json: unknown): boolean => z.looseObject({ data: z.looseObject({}) }).safeParse(json).success;

/**
 * A task as Label Studio exports it, in full (`annotations[].result[].value.choices`) or as JSON-MIN (a property a choice). Of several
 * annotations the newest that nobody cancelled counts; predictions are not labels.
 */
export function readTask(json: unknown, attributes: readonly string[]): ToldImage | { problem: string } {
  if (!isTask(json)) {
    const row = z.record(z.string(), z.unknown()).safeParse(json);
    return row.success ? readColumns(row.data, attributes) : { problem: "is no task of Label Studio" };
  }
  const { success, data: found, error } = task.safeParse(json);
  if (!success)
    return { problem: `is no task of Label Studio: ${error.issues[0]?.path.join(".")} is not as it should be` };
  const named = readColumns(found.data, []);
  const other = Object.values(found.data).find((value) => typeof value === "string" && value.includes("/"));
  const image = "problem" in named && typeof other === "string" ? { ...none, told: imageOf(other) } : named;
  if ("problem" in image) return image;
  const newest = [...(found.annotations ?? found.completions ?? [])]
    .filter(({ was_cancelled, skipped }) => !was_cancelled && !skipped)
    .sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1))[0];
  if (!newest) return image;
  const chosen = (newest.result ?? []).filter(
    ({ type, from_name: name }) => type === "choices" && name !== undefined && attributes.includes(name),
  );
  const labels: ToldImage["labels"] = [];
  const problems: string[] = [];
  for (const attribute of attributes) {
    const regions = chosen.filter(({ from_name: name }) => name === attribute);
    const read = regions.length > 1 ? { problem: `${regions.length} answers` } : readValue(regions[0]?.value);
    if (read === null) continue;
    if ("problem" in read) problems.push(`has ${read.problem} for ${quote(attribute)}`);
    else labels.push({ attribute, value: read.value });
  }
  return { ...image, labels, problems, by: annotatorOf(newest), at: timeOf(newest) || null };
}

const none: Omit<ToldImage, "told"> = { etag: null, labels: [], by: null, at: null, problems: [] };

const timeOf = ({ updated_at: updated, created_at: created }: Annotation) => toTime(updated) ?? toTime(created) ?? "";

function annotatorOf({ completed_by: by }: Annotation): string | null {
  if (by === null || by === undefined) return null;
  return typeof by === "object" ? (by.email ?? null) : String(by);
}

/** An image on its way to Label Studio: `address` is where its storage finds the picture, "s3://bucket/key". */
export type TaskOf = { id: number; address: string; image: LabeledImage };

/** As it is imported there as a task that is annotated, and as it comes back in an export. */
export function toTask({ id, address, image }: TaskOf) {
  const at = newestOf(image);
  return {
    id,
    data: { image: address, key: image.key, etag: image.labels[0]?.etag ?? null },
    annotations: [
      {
        result: image.labels.map(({ attribute, value }) => ({
          id: attribute,
          from_name: attribute,
          to_name: "image",
          type: "choices",
          value: { choices: [value] },
        })),
        was_cancelled: false,
        ...(at !== null && { created_at: at, updated_at: at }),
      },
    ],
  };
}

/** As JSON-MIN has it: one choice is its text. */
export function toMinimalTask({ id, address, image }: TaskOf) {
  const at = newestOf(image);
  return {
    image: address,
    key: image.key,
    etag: image.labels[0]?.etag ?? null,
    id,
    ...Object.fromEntries(image.labels.map(({ attribute, value }) => [attribute, value])),
    annotator: null,
    annotation_id: id,
    created_at: at,
    updated_at: at,
    lead_time: null,
  };
}

/** The columns of Label Studio's CSV, by name as it orders them; a data column would hide a choice of the same name. */
export const csvColumns = (attributes: readonly string[]): string[] =>
  [
    ...attributes,
    ...["annotation_id", "annotator", "created_at", "etag", "id", "image", "key", "lead_time", "updated_at"],
  ].sort();

const newestOf = ({ labels }: LabeledImage) =>
  labels.reduce<string | null>((last, { origin }) => (origin.at && origin.at > (last ?? "") ? origin.at : last), null);

/** A labeling interface for these attributes, to be pasted into the settings of a project. */
export function labelConfig(attributes: LabelSchema["attributes"]): string {
  const choices = Object.entries(attributes).map(([name, { values }]) =>
    [
      `  <Header value="${xmlText(name)}"/>`,
      `  <Choices name="${xmlText(name)}" toName="image" choice="single-radio" showInline="true">`,
      ...values.map((value) => `    <Choice value="${xmlText(value)}"/>`),
      "  </Choices>",
    ].join("\n"),
  );
  return ["<View>", '  <Image name="image" value="$image"/>', ...choices, "</View>", ""].join("\n");
}

const xmlText = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
