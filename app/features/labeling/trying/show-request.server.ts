import { z } from "zod";
import type { Json } from "~/features/json-column";
import { settingsSent } from "~/features/labeling/asking/open-prompt.server";
import { answerSchema } from "~/features/labeling/prompts/answer-schema";
import { exampleAnswer } from "~/features/labeling/prompts/prompt-content";
import { readPromptContent } from "~/features/labeling/prompts/prompt-versions.server";
import { requirePromptVersion } from "~/features/labeling/prompts/require-prompt-version.server";
import { loadModels } from "~/features/prices/load-models.server";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";

/** A request as it is sent: where to, and its body with a placeholder for each picture. */
export type ModelRequest = { address: string; body: Json };

/**
 * The very request that a prompt version makes for an image, but for the pictures: each is named by key and ETag. Neither
 * the bucket nor the model is asked.
 * @throws DomainError "not-found"
 */
export async function showRequest(
  ports: Pick<Ports, "db" | "model" | "clock">,
  versionId: number,
): Promise<ModelRequest> {
  const content = readPromptContent(await requirePromptVersion(ports, versionId));
  const { imageEdge, model } = content.settings;
  const facts = (await loadModels(ports.model)).factsOf(model, ports.clock.now());
  const picture = (what: string) => ({
    bytes: Buffer.from(`‹JPEG of at most ${imageEdge} px: ${what}›`),
    contentType: "image/jpeg",
  });
  const { address, body } = await ports.model.preview({
    ...settingsSent(content.settings, facts),
    instructions: content.instructions,
    examples: content.examples.map((example) => ({
      image: picture(`${quoteKey(example.key)}, ETag ${example.etag}`),
      answer: exampleAnswer(example),
    })),
    answer: answerSchema(content.attributes),
    image: picture("the image that is asked about"),
  });
  return { address, body: withPlaceholders(body) };
}

const inlineData = z.strictObject({ data: z.string(), mimeType: z.string() });

/** Pictures travel as base64; here that holds the words that stand for one. */
function withPlaceholders(json: Json): Json {
  if (Array.isArray(json)) return json.map(withPlaceholders);
  if (typeof json !== "object" || json === null) return json;
  const picture = inlineData.safeParse(json);
  if (picture.success) return { ...picture.data, data: Buffer.from(picture.data.data, "base64").toString() };
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, withPlaceholders(value)]));
}
