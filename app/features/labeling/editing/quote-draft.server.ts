import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { openContent } from "~/features/labeling/asking/open-prompt.server";
import { exampleAnswer } from "~/features/labeling/prompts/prompt-content";
import { promptHash } from "~/features/labeling/prompts/prompt-versions.server";
import { type CallQuote, toCallQuote } from "~/features/labeling/quote/call-quote";
import { countInput } from "~/features/labeling/quote/count-input.server";
import type { Quote } from "~/features/labeling/quote/quote";
import { usualPicture } from "~/features/labeling/quote/usual-picture.server";
import { loadModels } from "~/features/prices/load-models.server";
import type { Ports } from "~/ports/index.server";
import { toPromptContent } from "./draft-to-content";
import type { AskedDraft } from "./prompt-draft";

type Counted = Quote["call"];

/** Counts by prompt hash, so that what is typed and taken back is not asked for twice; as many as a few editors make. */
const KEPT = 200;
const counts = new WeakMap<Ports["model"], Map<string, Counted>>();

/**
 * Counts at the model, which is free, what asking about one image takes with what stands in the editor. Pictures are counted
 * as empty ones of the usual shape, so that no example is read from the bucket while someone types.
 * @throws DomainError "invalid" (attribute, value or setting that there is not; a key or model that Gemini does not take)
 */
export async function quoteDraft(
  ports: Pick<Ports, "model" | "clock">,
  { draft, signal }: { draft: AskedDraft; signal: AbortSignal },
): Promise<CallQuote> {
  const now = ports.clock.now();
  const [schema, book] = await Promise.all([loadLabelSchema(), loadModels(ports.model)]);
  const content = toPromptContent(draft, { schema, model: book.factsOf(draft.model, now) });
  const picture = await usualPicture(content.settings.imageEdge);
  const shots = content.examples.map((example) => ({ image: picture, answer: exampleAnswer(example) }));
  const opened = await openContent(ports, content, shots);
  const hash = promptHash(content);
  const known = counts.get(ports.model)?.get(hash);
  const counted = known ?? (await countInput(ports, opened, signal, picture));
  if (!counted.isEstimate) keep(ports.model, hash, counted);
  return toCallQuote(opened, counted, now);
}

/** The one that was asked for longest ago goes first. */
function keep(model: Ports["model"], hash: string, counted: Counted) {
  const kept = counts.get(model) ?? new Map<string, Counted>();
  counts.set(model, kept);
  kept.delete(hash);
  kept.set(hash, counted);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
}
