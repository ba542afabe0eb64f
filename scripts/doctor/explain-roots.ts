import { isPublished } from "~/features/images/key-layout";
import type { AttributeRoot } from "~/features/label-schema/label-schema";
import type { AbilityLine } from "~/features/storage/explain-abilities";
import { quoteKey } from "~/quote";
import { bad } from "./check-services";

export const rootsTried = {
  name: "Attribute roots",
  tried: "Look for roots in labels/schema.json that the CDN may serve",
};

/** A line for each attribute root that lies where a CDN serves all there is: references are photographs of people. */
export function explainRoots(roots: Pick<AttributeRoot, "prefix">[]): AbilityLine[] {
  const open = roots.filter(({ prefix }) => isPublished(prefix));
  return open.map(({ prefix }) =>
    bad(
      rootsTried,
      `${quoteKey(prefix)} is an attribute root, and everyone can open it through the CDN`,
      "References can be seen by whoever knows or guesses a key.",
      "Move its images below references/ and change its prefix in labels/schema.json, or unset PUBLIC_ASSET_BASE_URL.",
    ),
  );
}
