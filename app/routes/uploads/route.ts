import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { beginUpload } from "~/features/ingest/uploads/begin-upload.server";
import { completeUpload } from "~/features/ingest/uploads/complete-upload.server";
import { discardUpload } from "~/features/ingest/uploads/discard-upload.server";
import { signPart } from "~/features/ingest/uploads/sign-part.server";
import { readForm } from "~/web/forms/read-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const whole = z.coerce.number().int().nonnegative();
const id = whole.positive();

const schema = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("begin"),
    name: z.string().min(1),
    bytes: whole,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  z.object({ intent: z.literal("sign"), id, number: whole }),
  z.object({ intent: z.literal("complete"), id }),
  z.object({ intent: z.literal("discard"), id }),
]);

/**
 * The steps of an upload, as the ingest page takes them: the bytes go from the browser to the bucket. A refusal answers with its
 * status, for what passes (5xx) is tried again.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const { id: operatorId } = await requireOperator({ request, context }, "operator");
  const form = await readForm(request, schema);
  const { ports } = context;
  switch (form.intent) {
    case "begin": {
      const { name, bytes, sha256 } = form;
      return Response.json(await beginUpload(ports, { operatorId, file: { name, bytes, sha256 } }));
    }
    case "sign":
      return Response.json({ link: await signPart(ports, { operatorId, id: form.id, number: form.number }) });
    case "complete":
      await completeUpload(ports, { operatorId, id: form.id });
      return Response.json({});
    case "discard":
      await discardUpload(ports, { operatorId, id: form.id });
      return Response.json({});
  }
}
