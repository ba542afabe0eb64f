import { wordsOf } from "~/features/words";
import { type AttributeRoot, type Attributes, type LabelSchema, rootAttributes } from "./label-schema";

/**
 * What a folder's name seems to say, where it cannot be read as a whole: the attributes of which exactly one value
 * occurs in it. Only to fill in a form: “side view??” → angle profile.
 */
export function guessAttributes(name: string, root: AttributeRoot, schema: LabelSchema): Attributes {
  // Signs are no part of a word here: in “warm (old)” a person meant warm.
  const said = ` ${wordsOf(name.replace(/[^\p{L}\p{N}\p{M}+]/gu, " ")).join(" ")} `;
  const guesses = rootAttributes(schema, root).flatMap(({ name: attribute, values, aliases }) => {
    const spellings = [...values.map((value) => [value, value] as const), ...Object.entries(aliases)];
    const found = new Set(
      spellings.filter(([spelling]) => said.includes(` ${wordsOf(spelling).join(" ")} `)).map(([, value]) => value),
    );
    const [value] = found;
    return found.size === 1 && value !== undefined ? [[attribute, value] as const] : [];
  });
  return Object.fromEntries(guesses);
}
