import type { ImageQuery } from "~/features/images/query/image-query";
import type { LabelSchema } from "~/features/label-schema/label-schema";
import { quote, quoteKey } from "~/quote";

/** Images that people label again and again, as a query. */
export type StartingPoint = { label: string; hint: string; query: ImageQuery };

/** Each root, what has a stale label, and what is without one. */
export function startingPoints({ roots, attributes }: Pick<LabelSchema, "roots" | "attributes">): StartingPoint[] {
  const named = Object.keys(attributes);
  const labelSource = (source: "stale" | "none") => named.map((attribute) => ({ attribute, source }));
  return [
    ...roots.map(({ name, prefix }) => ({
      label: `The root ${quote(name)}`,
      hint: `What lies below ${quoteKey(prefix)}`,
      query: { root: name },
    })),
    ...(named.length === 0
      ? []
      : [
          {
            label: "Stale labels",
            hint: "Images that changed after one of their labels was accepted",
            query: { labelSource: labelSource("stale") },
          },
          {
            label: "Without a label",
            hint: "Images without an accepted label for one of the attributes, whether in a root or not",
            query: { labelSource: labelSource("none") },
          },
        ]),
  ];
}
