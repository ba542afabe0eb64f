import { plural } from "~/features/format";
import { baseName } from "~/features/images/key-layout";
import { quote } from "~/quote";

/** Why no image stands for a group: the finding that an audit calls it by, and a sentence. */
export type NoReference = {
  reference: null;
  type: "empty-group" | "no-reference" | "several-candidates" | "undecodable" | "archived";
  reason: string;
};

/** As many names as are still read. */
const SHOWN = 6;

/** Of a group for which `findReference` found none, by what lies in its folder. */
export function explainNoReference(
  name: string,
  { images, candidates }: Record<"images" | "candidates", readonly { key: string }[]>,
): NoReference {
  if (images.length === 0) return { reference: null, type: "empty-group", reason: `${quote(name)} holds no image.` };
  if (candidates.length === 0) {
    const reason = `${quote(name)} has ${plural(images.length, "image")}, and none is named “reference” or “ref”.`;
    return { reference: null, type: "no-reference", reason };
  }
  const names = candidates.slice(0, SHOWN).map(({ key }) => quote(baseName(key)));
  const more = candidates.length > SHOWN ? ` and ${candidates.length - SHOWN} more` : "";
  const reason = `${quote(name)} has ${candidates.length} candidates for its reference image: ${names.join(", ")}${more}.`;
  return { reference: null, type: "several-candidates", reason };
}
