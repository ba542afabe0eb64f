import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { readProvenance } from "~/features/image-page/read-provenance.server";
import { removeLabel, restoreLabel, setLabel } from "~/features/labels/set/set-label.sql.server";
import { idOf } from "~/web/address";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** Where a label of an image comes from, and what it was before: `?image=12&attribute=tone`. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { searchParams } = new URL(request.url);
  return readProvenance(context.ports.db, {
    imageId: idOf(searchParams.get("image") ?? undefined),
    attribute: searchParams.get("attribute") ?? "",
  });
}

const id = z.coerce.number().int().positive();
const text = z.string().min(1);
/** What the person saw; without a rev there was no label. */
const shown = { image: id, attribute: text, rev: id.optional(), etag: text.optional() };

const schema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("set-label"), ...shown, value: text }),
  z.object({ intent: z.literal("remove-label"), ...shown }),
  z.object({ intent: z.literal("restore-label"), ...shown, former: id }),
]);

/** One label of one image, at once: set, removed, or put back. Says what is so now, and how it is taken back. */
export function action(args: ActionFunctionArgs) {
  return answerInPlace(args, { role: "operator", schema }, ({ form, actor, ports }) => {
    const { image: imageId, attribute, rev = null, etag } = form;
    const edit = { imageId, attribute, seen: { rev, ...(etag !== undefined && { etag }) }, actor };
    switch (form.intent) {
      case "set-label":
        return setLabel(ports, { ...edit, value: form.value });
      case "remove-label":
        return removeLabel(ports, edit);
      case "restore-label":
        return restoreLabel(ports, { ...edit, former: form.former });
    }
  });
}
