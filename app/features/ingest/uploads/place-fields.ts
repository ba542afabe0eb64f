import { z } from "zod";
import { type RoleFields, roleFields } from "~/features/ingest/keys/ingest-role";

const given = z
  .string()
  .transform((text) => text.trim() || undefined)
  .optional();

/** The fields of the page by which it is told where images belong. */
export const placeFields = {
  hasOwner: z.enum(["yes", "no"]),
  owner: given,
  topic: given,
  role: roleFields.role,
  model: given,
  platform: given,
  isOg: z.literal("yes").optional(),
  name: given,
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
