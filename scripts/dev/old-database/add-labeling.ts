import { addRun, ago, LEFT_AT, type OldItem } from "./add-run";
import type { Insert, Row } from "./insert";
import { type OldImage, referencesOf } from "./old-images";
import { sha256 } from "./pictures";
import { addPrompts, answerOf, CONFIDENCE, MODEL, valuesOf, YEARS } from "./prompts";

const RESERVED_USD = 0.004036;
const tokens = { promptTokens: 499, imageTokens: 4_128, outputTokens: 93, usd: 0.0016206 };

/**
 * A label run that is over and one that was cut off in its midst: half of its images are answered, one answer came whose proposals
 * were not written any more, and two calls were on their way. And what people had accepted of it.
 */
export function addLabeling(insert: Insert, images: OldImage[]): void {
  const known = new Map(images.map((image) => [image.id, image]));
  const [first = "", second = ""] = addPrompts(insert, known);
  const examples = [8, 11, 14];
  const asked = referencesOf(images).filter(({ id }) => !examples.includes(id));
  // The named ones are all asked about by the first.
  const rest = asked.filter(({ id }) => id > 100);
  const half = Math.ceil(rest.length / 2);
  const ofSecond = rest.slice(half);
  const ofFirst = [...asked.filter(({ id }) => id <= 100), ...rest.slice(0, half)];
  addFinishedRun(insert, ofFirst, first);
  addRunUnderWay(insert, ofSecond, second);
  addLabels(insert, ofFirst);
}

const scope = JSON.stringify({ root: "Model", only: "unanswered", prompt: "Personas" });
const labelRun = { kind: "label-run", title: "Label run", payload: scope };

function addFinishedRun(insert: Insert, images: OldImage[], promptHash: string): void {
  const items = images.map((image): OldItem => {
    if (image.id === 9) return { ...toItem(image), ...refusedItem };
    return { ...toItem(image), outcome: "succeeded", after: JSON.stringify(valuesOf(image)) };
  });
  addRun(
    insert,
    { id: 4, ...labelRun, status: "succeeded", summary: summaryOf(images) },
    { ...inTens, items, minutes: 400 },
  );
  insert("LabelRun", {
    id: 1,
    jobRunId: 4,
    promptVersionId: 1,
    scope,
    quoteUsd: 0.0782364,
    budgetUsd: 1,
    createdAt: ago(400),
  });
  const call = callOf(insert, { labelRunId: 1, promptHash, minutes: 399 });
  for (const image of images) {
    if (image.id === 9) call(image, { outcome: "refused", reason: SAFETY, ...tokens });
    else answer(insert, call, image, 1);
  }
  addOddCalls(call, images);
}

const SAFETY = "it judged the image or its own answer unsafe (IMAGE_SAFETY)";
const refusedItem = {
  outcome: "failed",
  errorClass: "refused",
  error: `Gemini declined to label this image: ${SAFETY}. Label it by hand.`,
} as const;
/** As a label run's chunks are. */
const inTens = { chunkSize: 10 };

/** What later migrations read otherwise, and what has no dollars. */
function addOddCalls(call: ReturnType<typeof callOf>, [image]: OldImage[]): void {
  if (!image) return;
  call(image, { outcome: "refused", reason: "it gave no reason (OTHER)", ...tokens });
  call(image, {
    outcome: "invalid",
    reason: "The answer is empty.",
    rawResponse: "pink",
    promptTokens: -2_053_333_333,
    usd: -616,
  });
  call(image, { outcome: "truncated", rawResponse: '{"angle":{"val', ...tokens });
  call(image, { outcome: "rate-limited", reason: "Gemini’s quota is used up." });
  call(image, { outcome: "failed", reason: "Gemini does not answer." });
}

function addRunUnderWay(insert: Insert, images: OldImage[], promptHash: string): void {
  // In the midst of a chunk.
  const done = Math.floor(images.length / 20) * 10 + 4;
  const items = images.map((image, n): OldItem => {
    if (n >= done) return toItem(image);
    return { ...toItem(image), outcome: "succeeded", after: JSON.stringify(valuesOf(image)) };
  });
  addRun(
    insert,
    { id: 9, ...labelRun, status: "running", summary: summaryOf(images) },
    { ...inTens, items, minutes: 30 },
  );
  insert("LabelRun", {
    id: 2,
    jobRunId: 9,
    promptVersionId: 2,
    scope,
    quoteUsd: 0.1,
    budgetUsd: 500,
    createdAt: ago(30),
  });
  const call = callOf(insert, { labelRunId: 2, promptHash, minutes: 20 });
  images.forEach((image, n) => {
    if (n < done) answer(insert, call, image, 2);
    else if (n === done) call(image, { outcome: "labelled", rawResponse: answerOf(image), ...tokens });
    else if (n <= done + 2) call(image, { outcome: "reserved", createdAt: LEFT_AT, finishedAt: null });
  });
}

const toItem = ({ id, key, picture: { etag } }: OldImage) => ({
  subject: String(id),
  label: key,
  etag,
  before: JSON.stringify({ etag }),
});

const summaryOf = (images: OldImage[]) =>
  JSON.stringify({
    bytes: images.reduce((sum, { picture }) => sum + picture.bytes, 0),
    s3Calls: images.length,
    usd: images.length * tokens.usd,
    facts: [
      { label: "Images", value: String(images.length) },
      { label: "Used as examples", value: "3" },
      { label: "Model", value: MODEL },
      { label: "Quote", value: "$0.0782, at most $0.18" },
    ],
  });

function callOf(
  insert: Insert,
  { labelRunId, promptHash, minutes }: { labelRunId: number; promptHash: string; minutes: number },
) {
  const common = { labelRunId, reservedUsd: RESERVED_USD, createdAt: ago(minutes), finishedAt: ago(minutes) + 550 };
  return ({ id, picture }: OldImage, call: Row & { outcome: string }) =>
    insert("ModelCall", { ...common, imageId: id, requestHash: sha256(`${promptHash}\n${picture.etag}`), ...call });
}

/** A call that was answered, and the proposals of its answer. */
function answer(insert: Insert, call: ReturnType<typeof callOf>, image: OldImage, labelRunId: number): void {
  call(image, { outcome: "labelled", rawResponse: answerOf(image), ...tokens });
  for (const [attribute, value] of Object.entries(valuesOf(image))) {
    insert("Proposal", {
      labelRunId,
      imageId: image.id,
      attribute,
      value,
      confidence: CONFIDENCE,
      estimate: attribute === "ageRange" ? YEARS : null,
      decision: image.id % 3 === 0 ? "accepted" : image.id === 10 ? "rejected" : "open",
      createdAt: ago(labelRunId === 1 ? 399 : 20) + 600,
    });
  }
}

/** Accepted values: the model's, a person's and an imported one of bytes that are no more. */
function addLabels(insert: Insert, images: OldImage[]): void {
  for (const image of images.filter(({ id }) => id % 3 === 0 && id !== 9)) {
    const { tone = "" } = valuesOf(image);
    const accepted = { acceptedBy: "operator:1", acceptedAt: ago(200) };
    const label = { imageId: image.id, attribute: "tone", value: tone, etag: image.picture.etag, ...accepted };
    insert("Label", { ...label, source: "model", confidence: CONFIDENCE, labelRunId: 1 });
  }
  const person = { acceptedBy: "operator:1", acceptedAt: ago(150), source: "person", rev: 2 };
  insert("Label", {
    imageId: 13,
    attribute: "angle",
    value: "profile",
    etag: images[0]?.picture.etag ?? "",
    ...person,
  });
  const imported = { acceptedBy: "script:mina@studio", acceptedAt: ago(5_000), source: "import" };
  insert("Label", {
    imageId: 16,
    attribute: "tone",
    value: "warm",
    etag: "d41d8cd98f00b204e9800998ecf8427e",
    ...imported,
  });
}
