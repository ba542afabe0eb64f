import { createHash } from "node:crypto";
import { z } from "zod";
import { badRequest } from "../errors";
import type { Fault, UsageFault } from "../knobs";
import { type Tokens, textTokens } from "../request";
import { tokenDetails } from "../respond";
import { conceptsOf } from "./concepts";
import { pictureFeatures } from "./picture-features";
import { type Features, vectorOf } from "./vectors";

/** What Google takes: contents of a request (seen, not documented), pictures among them, and numbers of a vector (ai.google.dev/gemini-api/docs/embeddings). */
const MOST = { contents: 100, pictures: 6 };
const DIMENSIONS = { least: 128, most: 3_072 };
/** $0.00012 a picture at $0.45 for a million tokens (ai.google.dev/gemini-api/docs/pricing). */
const PICTURE_TOKENS = 258;

const part = z.union([
  z.object({ text: z.string() }),
  z.object({ inlineData: z.object({ data: z.base64(), mimeType: z.enum(["image/png", "image/jpeg"]) }) }),
]);
const embedBody = z.object({
  requests: z
    .array(
      z.object({
        content: z.object({ parts: z.array(part).min(1) }),
        outputDimensionality: z.int().default(DIMENSIONS.most),
      }),
    )
    .min(1),
});

export type EmbedBatch = {
  contents: { sha256: string; parts: z.infer<typeof part>[]; dimensions: number }[];
  tokens: Tokens;
};

/** @throws GoogleError 400 as Google words it */
export function readEmbed(json: unknown): EmbedBatch {
  const read = embedBody.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw badRequest(`Invalid value at '${issue?.path.join(".")}': ${issue?.message}`);
  }
  const { requests } = read.data;
  if (requests.length > MOST.contents) {
    throw badRequest(`* BatchEmbedContentsRequest.requests: at most ${MOST.contents} requests can be in one batch`);
  }
  const parts = requests.flatMap(({ content }) => content.parts);
  const pictures = parts.filter((one) => "inlineData" in one).length;
  if (pictures > MOST.pictures) throw badRequest(`At most ${MOST.pictures} images can be embedded in one request.`);
  for (const { outputDimensionality: asked } of requests) {
    if (asked < DIMENSIONS.least || asked > DIMENSIONS.most) {
      throw badRequest(`output_dimensionality must be between ${DIMENSIONS.least} and ${DIMENSIONS.most}.`);
    }
  }
  return {
    contents: requests.map(({ content, outputDimensionality }) => ({
      parts: content.parts,
      dimensions: outputDimensionality,
      sha256: createHash("sha256")
        .update(content.parts.map(bytesOf).reduce((a, b) => Buffer.concat([a, b])))
        .digest("hex"),
    })),
    tokens: {
      text: parts.reduce((sum, one) => sum + ("text" in one ? textTokens(one.text) : 0), 0),
      image: pictures * PICTURE_TOKENS,
    },
  };
}

const bytesOf = (one: z.infer<typeof part>) =>
  "text" in one ? Buffer.from(one.text) : Buffer.from(one.inlineData.data, "base64");

/** A vector for each content; parts of one content are made one vector of. */
export async function respondEmbed({ contents, tokens }: EmbedBatch) {
  const embeddings = [];
  for (const { parts, dimensions } of contents) {
    const features: Features = new Map();
    for (const one of parts) {
      for (const [name, weight] of await featuresOf(one)) features.set(name, (features.get(name) ?? 0) + weight);
    }
    embeddings.push({ values: vectorOf(features, dimensions) });
  }
  return {
    embeddings,
    // Not `promptTokensDetails`, as generateContent calls it.
    usageMetadata: { promptTokenCount: tokens.text + tokens.image, promptTokenDetails: tokenDetails(tokens) },
  };
}

async function featuresOf(one: z.infer<typeof part>): Promise<Features> {
  if ("text" in one) return new Map(conceptsOf(one.text).map((concept) => [`word ${concept}`, 1]));
  return pictureFeatures(bytesOf(one)).catch(() => {
    throw badRequest("Unable to process input image.");
  });
}

type Response = Awaited<ReturnType<typeof respondEmbed>>;

/** The response with what a fault makes of it; of usage it can only say none. */
export function bendEmbeddings(response: Response, fault: Fault | null, usage: UsageFault | null): object {
  const { embeddings, usageMetadata } = response;
  return { embeddings: bendVectors(embeddings, fault), ...(usage === null && { usageMetadata }) };
}

function bendVectors(embeddings: Response["embeddings"], fault: Fault | null): Response["embeddings"] {
  switch (fault) {
    case "fewer-vectors":
      return embeddings.slice(1);
    case "short-vectors":
      return embeddings.map(({ values }) => ({ values: values.slice(1) }));
    case "zero-vectors":
      return embeddings.map(({ values }) => ({ values: values.map(() => 0) }));
    default:
      return embeddings;
  }
}
