import { count, dollars, percent, plural } from "~/features/format";
import type { ItemHandler, PlannedItem } from "~/features/job-runs/kinds/handler";
import { type DrawItem, shownPicture } from "./draw-images";
import { type DrawRequest, modeName } from "./draw-request";
import { readDrawTerms } from "./draw-terms.server";
import { folderOfDrawings } from "./drawing-key";
import { requireMaskOfRun } from "./mask-of-run.server";
import { quoteDrawings } from "./quote-drawings.server";
import { type ResolvedDrawing, resolveDrawing } from "./resolve-drawing.server";

/** One item a picture. What each shows is frozen here: a reference that changes later stops it. */
export const planDrawings: ItemHandler<DrawRequest>["plan"] = async function* (
  ports,
  { runId, payload: request, signal },
) {
  const terms = await readDrawTerms(ports, runId);
  const drawing = await resolveDrawing(ports, request);
  const { facts } = drawing;
  const mask = request.mask === null ? null : await requireMaskOfRun(ports, { runId, drawing, signal });
  const shown = drawing.shown.map((one) => shownPicture.parse(one));
  const quoted = await quoteDrawings(ports, request, { facts, pictures: shown.length }, signal);
  const { textTokens, usd: quoteUsd, mostUsd } = quoted;
  await ports.db.drawRun.update({ where: { jobRunId: runId }, data: { textTokens, quoteUsd, mostUsd } });
  yield Array.from({ length: request.count }, (_, at): PlannedItem => {
    const before: DrawItem = { picture: at + 1, shown };
    return { subject: String(at + 1), label: `Picture ${at + 1} of ${request.count}`, before };
  });
  const { budgetUsd } = terms;
  return {
    images: request.count,
    samples: shown.flatMap(({ imageId }) => imageId ?? []),
    s3Calls: request.count * (shown.length + 4),
    ...(quoteUsd !== null && { quote: { expectedUsd: quoteUsd, ...(mostUsd !== null && { mostUsd }) } }),
    facts: [
      { label: "Prompt", value: request.prompt },
      { label: "Model", value: [facts.model, request.size, request.aspectRatio].filter(Boolean).join(", ") },
      { label: "Sent along", value: sentAlong(drawing) },
      ...(mask
        ? [{ label: "Mask", value: `${percent(mask.paintedPixels, mask.width * mask.height)} of the base is painted` }]
        : []),
      ...(request.references ? [{ label: "Mode", value: modeWords(request) }] : []),
      { label: "Goes to", value: folderOfDrawings(request.ownerId, terms.createdAt) },
      { label: "Budget", value: dollars(budgetUsd) },
    ],
    ...warn(drawing, { quoteUsd, budgetUsd, pictures: request.count }),
  };
};

const ROLES = { own: "own", reference: "reference", base: "base" } as const;

function sentAlong({ shown }: ResolvedDrawing): string {
  const of = (role: keyof typeof ROLES) => shown.filter((one) => one.role === role).length;
  const parts = [
    ...(of("own") > 0 ? [plural(of("own"), "image of yours", "images of yours")] : []),
    ...(of("reference") > 0 ? [plural(of("reference"), "reference")] : []),
    ...(of("base") > 0 ? ["the base image"] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : "nothing but the prompt";
}

function modeWords(request: DrawRequest): string {
  const { attributes = {}, ageRange = null } = request.references ?? {};
  const values = [...Object.values(attributes), ...(ageRange === null ? [] : [ageRange])];
  return `${modeName(request)}: ${values.join(", ")}`;
}

function warn(
  { missing }: ResolvedDrawing,
  { quoteUsd, budgetUsd, pictures }: { quoteUsd: number | null; budgetUsd: number; pictures: number },
): { warnings?: string[] } {
  const isShort = quoteUsd !== null && quoteUsd > budgetUsd;
  const warnings = [
    ...missing.map(({ reason }) => reason),
    ...(isShort
      ? [
          `The budget of ${dollars(budgetUsd)} is less than the quote of ${dollars(quoteUsd)} for ${count(pictures)} pictures: the run pauses when it is spent.`,
        ]
      : []),
  ];
  return warnings.length > 0 ? { warnings } : {};
}
