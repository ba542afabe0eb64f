import { z } from "zod";
import { count } from "~/features/format";
import { type RoleFields, roleFields } from "~/features/ingest/keys/ingest-role";

/** As long as the page and the lines of lists let it be: it is kept with each of up to 500 images. */
const given = (what: string, longest: number) =>
  z
    .string()
    .max(longest, `The ${what} is longer than ${count(longest)} characters.`)
    .transform((text) => text.trim() || undefined)
    .optional();

/** The fields of the page by which it is told where images belong. */
export const placeFields = {
  hasOwner: z.enum(["yes", "no"]),
  owner: given("owner", 1_000),
  topic: given("topic", 1_000),
  role: roleFields.role,
  model: given("model", 200),
  platform: given("platform", 200),
  isOg: z.literal("yes").optional(),
  name: given("name", 200),
};

const fields = z.object(placeFields);

/** Where images belong, as told so far. Owner: null for none, undefined while one is to be chosen. Topic: null for none. */
export type ToldPlace = { owner: string | null | undefined; topic: string | null; role: RoleFields };

export const placeOf = ({
  hasOwner,
  owner,
  topic,
  role,
  model,
  platform,
  isOg,
  name,
}: z.infer<typeof fields>): ToldPlace => ({
  owner: hasOwner === "yes" ? owner : null,
  topic: topic ?? null,
  role: { role, model, platform, name: isOg === "yes" ? "og" : name },
});
