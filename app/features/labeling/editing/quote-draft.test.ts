import { expect, test } from "vitest";
import { quoteCall } from "~/features/labeling/trying/quote-call.server";
import { openStudio } from "../../../../tests/support/world/studio";
import { type AskedDraft, promptDraft } from "./prompt-draft";
import { quoteDraft } from "./quote-draft.server";
import { savePrompt } from "./save-prompt.server";

const actor = { id: "operator:1", name: "Mina Sato" };
const { signal } = new AbortController();

test("a draft takes what its version will take; a draft that was counted is not asked for again, and without Gemini another is not known", async () => {
  const { ports, gemini, index } = await openStudio();
  await index();
  const key = "references/01. Model/front_warm/reference.png";
  const { etag } = await ports.db.image.findUniqueOrThrow({ where: { key } });
  const draft = promptDraft.parse({
    name: "Tones",
    instructions: "Say how warm the light is.",
    attributes: { tone: "on" },
    model: "gemini-3.5-flash-lite",
    maxOutputTokens: 1_024,
    thinking: "minimal",
    imageEdge: 512,
    examples: JSON.stringify([{ key, etag, labels: { tone: "warm" } }]),
  });
  const quote = (over: Partial<AskedDraft> = {}) => quoteDraft(ports, { draft: { ...draft, ...over }, signal });

  const counted = await quote();
  const { id: versionId } = await savePrompt(ports, { draft, actor });
  expect(counted).toEqual(await quoteCall(ports, { versionId, imageId: null, signal }));
  expect(counted).toMatchObject({ isEstimate: false, usd: expect.any(Number) });
  const withoutExample = await quote({ examples: [] });
  expect(withoutExample.inputTokens).toBeLessThan(counted.inputTokens);
  expect(gemini.calls().total).toBe(0);

  await gemini.close();
  expect(await quote()).toEqual(counted);
  const other = await quote({ instructions: "Say how cool the light is." });
  expect(other.isEstimate).toBe(true);
  expect(other.inputTokens).toBeGreaterThan(counted.inputTokens);
});
