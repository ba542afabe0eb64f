import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { placeFields, placeOf } from "~/features/ingest/uploads/place-fields";
import { type KeyPreview, previewKeys } from "~/features/ingest/uploads/preview-keys.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const schema = z.object({ ...placeFields, images: z.coerce.number().int().nonnegative() });

/**
 * The keys that images would have by what the form of the ingest page tells so far: /ingest-keys?hasOwner=no&role=hero&topic=Cats&images=1.
 * Here rather than in the browser, for a topic has the slug that it was given, and what spells all writings in Latin letters is large.
 */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<KeyPreview> {
  await requireOperator({ request, context }, "operator");
  const { data, error } = schema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (data) return previewKeys(context.ports, { ...placeOf(data), images: data.images });
  // No error: while a syllable is put together, a field may hold more than it takes, and its page must outlast that.
  const tooLong = error.issues.find(({ code }) => code === "too_big");
  if (tooLong) return { problem: tooLong.message };
  throw new DomainError("invalid", "These are not the fields of the ingest page.");
}
