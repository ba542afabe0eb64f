import { readFile } from "node:fs/promises";
import { referenceModes } from "~/features/attribute-groups/references/reference-request";
import { drawImages } from "~/features/drawing/draw-images";
import { LONGEST_PROMPT, MOST_PICTURES } from "~/features/drawing/draw-request";
import { readDrawRun } from "~/features/drawing/read-draw-run.server";
import { readDrawRequest } from "~/features/drawing/resolve-drawing.server";
import { startDrawing } from "~/features/drawing/start-drawing.server";
import { budgetUsd } from "~/features/model-calls/budget";
import { asUsage } from "./run-script/image-query";
import { runScript, UsageError, type Values } from "./run-script/run-script";

/** USD, which have to be said: a forgotten option must not spend without a limit. */
function readBudget({ budget: given }: Values): number {
  if (given === undefined) throw new UsageError("Give --budget USD.");
  const budget = budgetUsd.safeParse(Number(given || Number.NaN));
  if (budget.success) return budget.data;
  throw new UsageError(`--budget ${given}: ${budget.error.issues.map(({ message }) => message).join(" ")}`);
}

const textOf = (value: Values[string]) => (typeof value === "string" ? value : null);

/** “1, 2” → 1, 2 */
function readIds(option: string, text: string | null): number[] {
  const ids = (text ?? "").split(",").flatMap((part) => (part.trim() === "" ? [] : [Number(part)]));
  if (ids.every((id) => Number.isInteger(id) && id > 0)) return ids;
  throw new UsageError(`--${option} ${text}: give numbers of images, such as 12 or 12,15.`);
}

/** “angle=front,tone=warm” */
function readAttributes(text: string | null): Record<string, string> {
  return Object.fromEntries(
    (text ?? "").split(",").flatMap((part) => {
      if (part.trim() === "") return [];
      const [name = "", value] = part.split("=").map((word) => word.trim());
      if (value === undefined) throw new UsageError(`--attributes ${text}: write it as angle=front,tone=warm.`);
      return [[name, value]];
    }),
  );
}

function readReferences(values: Values) {
  const mode = textOf(values.mode);
  if (mode === null || mode === "none") return null;
  const found = referenceModes.find((one) => one === mode);
  if (!found) throw new UsageError(`--mode ${mode}: choose none, ${referenceModes.join(" or ")}.`);
  return {
    ...{ root: textOf(values.root) ?? "Model", mode: found, attributes: readAttributes(textOf(values.attributes)) },
    ageRange: textOf(values.age),
  };
}

/** @throws UsageError for a file that cannot be read */
async function readMask({ mask }: Values): Promise<Buffer | null> {
  const file = textOf(mask);
  if (file === null) return null;
  return readFile(file).catch(() => {
    throw new UsageError(`--mask ${file}: there is no such file, or it cannot be read.`);
  });
}

const readRequest = (values: Values) =>
  asUsage(() =>
    Promise.resolve(
      readDrawRequest({
        prompt: textOf(values.prompt) ?? "",
        model: textOf(values.model) ?? "gemini-nano-banana-2.1",
        references: readReferences(values),
        images: readIds("images", textOf(values.images)),
        baseId: readIds("base", textOf(values.base))[0] ?? null,
        size: textOf(values.size) ?? "1K",
        aspectRatio: textOf(values.ratio),
        ownerId: textOf(values.owner),
        count: Number(textOf(values.count) ?? "1"),
      }),
    ),
  );

await runScript({
  usage: `Has a model draw pictures. The plan says which references are sent and what it costs.

  npx tsx scripts/draw-images.ts --prompt TEXT --budget USD [options] [--apply] [--json]

  --prompt TEXT      what the picture shows; at most ${LONGEST_PROMPT.toLocaleString("en-US")} characters
  --budget USD       the run pauses before a call that could exceed it, and goes on once you raise it in the console
  --mode M           which references are injected, as the image agent asks for them: tone, tone+angle; without it none
  --attributes A     what the mode asks for: angle=front,tone=warm
  --age RANGE        only references that are labeled so
  --root NAME        where the references lie; Model unless told
  --images IDS       images of yours, by their numbers; they come before the references
  --base ID          the image that is drawn anew
  --mask FILE        a PNG of the base’s size: white is changed, black stays as it is, to the last pixel
  --model NAME       gemini-nano-banana-2.1 unless told
  --size S           1K unless told
  --ratio R          such as 3:4; without it as the base is, or as the model likes
  --owner OWNER      whose the pictures are; without it nobody’s
  --count N          how many, 1 to ${MOST_PICTURES}; 1 unless told`,
  options: {
    ...{
      prompt: { type: "string" },
      budget: { type: "string" },
      mode: { type: "string" },
      attributes: { type: "string" },
    },
    ...{ age: { type: "string" }, root: { type: "string" }, images: { type: "string" }, base: { type: "string" } },
    ...{ model: { type: "string" }, size: { type: "string" }, ratio: { type: "string" }, owner: { type: "string" } },
    ...{ count: { type: "string" }, mask: { type: "string" } },
  },
  check(values) {
    readBudget(values);
    readReferences(values);
    readIds("images", textOf(values.images));
    readIds("base", textOf(values.base));
    if (textOf(values.mask) !== null && textOf(values.base) === null) {
      throw new UsageError("--mask FILE says where the image of --base ID is changed. Give both.");
    }
    if (textOf(values.prompt) === null) throw new UsageError("Give --prompt TEXT.");
  },
  start: async (ports, values, actor) => {
    const [request, mask] = [await readRequest(values), await readMask(values)];
    return asUsage(() => startDrawing(ports, { request, mask, budgetUsd: readBudget(values), actor }));
  },
  report: async (ports, run) => {
    const drawRun = run.kind === drawImages.kind ? await readDrawRun(ports, run.id) : null;
    return drawRun === null ? {} : { ...drawRun };
  },
});
