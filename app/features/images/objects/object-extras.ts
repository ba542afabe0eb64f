import { z } from "zod";
import type { Acl, Tags } from "~/ports/storage.server";

const permission = z.enum(["FULL_CONTROL", "READ", "READ_ACP", "WRITE", "WRITE_ACP"]);
const grantee = z.discriminatedUnion("type", [
  z.object({ type: z.literal("user"), id: z.string() }),
  z.object({ type: z.literal("group"), uri: z.string() }),
  z.object({ type: z.literal("email"), email: z.string() }),
]);

/** What hangs on an object beside its bytes and headers, where it differs from what every new object gets. */
export type ObjectExtras = { tags?: Tags | undefined; acl?: Acl | undefined };

export const objectExtras = z.object({
  tags: z.record(z.string(), z.string()).optional(),
  acl: z.object({ ownerId: z.string(), grants: z.array(z.object({ permission, grantee })) }).optional(),
});
