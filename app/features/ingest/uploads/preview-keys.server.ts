import { baseSlug } from "~/features/ingest/keys/fallback-slug.server";
import { DEFAULT_OWNER, keyPattern, whyNoOwner } from "~/features/ingest/keys/ingest-key";
import { spellRole } from "~/features/ingest/keys/ingest-role";
import { expectSlug } from "~/features/ingest/keys/topic-slugs.sql.server";
import type { Ports } from "~/ports/index.server";
import type { ToldPlace } from "./place-fields";
import { whyTooMany } from "./plan-images.server";

/** The keys of a place, or why no image can be brought there, as a sentence. */
export type KeyPreview = { pattern: string } | { problem: string };

/**
 * The keys that images would have, with “{hash}” and the like for what is not known or not told yet. A topic has the slug that it was
 * given, or would be given now. Changes nothing.
 */
export async function previewKeys(
  { db }: Pick<Ports, "db">,
  { owner: told, topic, role, images }: ToldPlace & { images: number },
): Promise<KeyPreview> {
  const owner = told === null ? DEFAULT_OWNER : told;
  const unfit = owner === undefined ? null : whyNoOwner(owner);
  if (unfit !== null) return { problem: unfit };
  const words = spellRole(role);
  if ("problem" in words) return { problem: `This ${words.problem}.` };
  const surplus = whyTooMany(role, images);
  if (surplus !== null) return { problem: surplus };
  const slug = topic === null ? "{topic}" : owner === undefined ? baseSlug(topic) : await expectSlug(db, owner, topic);
  return { pattern: keyPattern({ owner: owner ?? "{owner}", slug, ...words }) };
}
