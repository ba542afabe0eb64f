import { comparePrompts } from "~/features/labeling/editing/compare-prompts";
import { readPromptContent } from "~/features/labeling/prompts/prompt-versions.server";
import { requirePromptVersion } from "~/features/labeling/prompts/require-prompt-version.server";
import { readTriedImageFacts, readTries } from "~/features/labeling/trying/read-tries.server";
import { showRequest } from "~/features/labeling/trying/show-request.server";
import type { PromptVersionView } from "~/features/labeling/views/read-prompt-version.server";
import type { Ports } from "~/ports/index.server";
import { idOf } from "~/web/address";
import { tabOf } from "./tabs";

/**
 * What the tab that an address asks for shows beside the version itself.
 * @throws DomainError "not-found" for an image or another version that does not exist
 */
export async function readTab(ports: Ports, version: PromptVersionView, params: URLSearchParams) {
  const tab = tabOf(params.get("tab"));
  switch (tab) {
    case "prompt":
      return { tab };
    case "request":
      return { tab, request: await showRequest(ports, version.prompt.id) };
    case "difference":
      return { tab, compared: await compare(ports, version, params.get("against")) };
    case "try": {
      const asked = params.get("image");
      const imageId = asked === null ? null : idOf(asked);
      const [tries, image] = await Promise.all([
        readTries(ports.db, { version: version.prompt, imageId }),
        imageId === null ? null : readTriedImageFacts(ports.db, imageId),
      ]);
      return { tab, tries, image };
    }
  }
}

/** With the version that was asked for, else the one before, else the one after; null where there is no other. */
async function compare({ db }: Ports, { prompt, versions }: PromptVersionView, asked: string | null) {
  const others = versions.filter(({ id }) => id !== prompt.id);
  const nearest = others.find(({ version }) => version < prompt.version) ?? others.at(-1);
  const against = asked === null ? nearest?.id : idOf(asked);
  if (against === undefined) return null;
  const other = readPromptContent(await requirePromptVersion({ db }, against));
  const { instructions, attributes, settings } = prompt;
  const examples = prompt.examples.map(({ key, etag, labels }) => ({ key, etag, labels }));
  return { against, difference: comparePrompts(other, { instructions, attributes, settings, examples }) };
}
