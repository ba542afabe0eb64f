import { parseImageAddress, toImageAddress } from "~/features/images/query/image-address";
import { namesImages } from "~/features/images/query/image-query";
import { imagesInWords } from "~/features/images/query/image-words";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { SHOTS } from "~/features/labeling/prompts/prepare-prompt.server";
import { startingPoints } from "~/features/labeling/starting-points";
import { listPromptOptions } from "~/features/labeling/views/list-prompt-options.server";
import { readOwnerNames } from "~/features/owners/read-owner-names.server";
import type { Ports } from "~/ports/index.server";
import { idOf } from "~/web/address";

/**
 * What a label run can start from: the query of the page's address first, if there is one, and what people start from again and
 * again; and the prompts, of which `?prompt=` names the version that is chosen.
 * @throws DomainError "invalid" for a query that is none, "not-found" for a prompt version that does not exist
 */
export async function readNewRun(ports: Ports, params: URLSearchParams) {
  const schema = await loadLabelSchema();
  const query = parseImageAddress(params, { beside: ["prompt"] });
  const known = startingPoints(schema).map(({ query: of, ...point }) => ({
    ...point,
    address: `${toImageAddress(of)}`,
  }));
  const address = String(toImageAddress(query));
  const isNew = namesImages(query) && known.every((point) => point.address !== address);
  const named = await readOwnerNames(ports.db, [{ query }]);
  const own = { label: "Your filter", hint: imagesInWords(query, named) ?? "", address };
  const points = isNew ? [own, ...known] : known;
  const asked = params.get("prompt") ? idOf(params.get("prompt") ?? undefined) : null;
  const attributes = Object.keys(schema.attributes);
  return {
    points,
    chosen: namesImages(query) ? address : (points[0]?.address ?? ""),
    prompts: await listPromptOptions(ports, { attributes, asked }),
    prompt: asked,
    shots: SHOTS,
  };
}
