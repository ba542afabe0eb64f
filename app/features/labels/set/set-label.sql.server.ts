/** One label that a person sets, removes or puts back where it is shown, at once and without a run. */

import { attributeWords } from "~/features/attribute-words";
import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { groupFolderOf } from "~/features/labels/group-folder.sql.server";
import { removeLabels, writeLabels } from "~/features/labels/write-labels.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db, Tx } from "~/ports/db.server";
import { type Sql, sql } from "~/ports/sql.server";
import { quote, quoteKey } from "~/quote";
import { requireListed } from "./require-listed";

type Deps = { db: Db; clock: Clock };

type LabelEdit = {
  imageId: number;
  attribute: string;
  /** What the person saw: the label's rev (null: there was none) and, where a value is set, the image's ETag. */
  seen: { rev: number | null; etag?: string };
  actor: Actor;
};

/** What an edit did, and how it is put back: `former` is the rev of the label that it ended, null for none. */
export type LabelEdited = { attribute: string; said: string; rev: number | null; former: number | null };

/**
 * Sets a label as a person says it; saying what it is already makes it a person's, and of the image as it is now.
 * @throws DomainError "invalid" for what labels/schema.json does not list; "conflict" when label or image changed since it
 *   was shown
 */
export async function setLabel(deps: Deps, edit: LabelEdit & { value: string }): Promise<LabelEdited> {
  const schema = await loadLabelSchema();
  requireListed(schema, edit);
  const { attribute, value, actor } = edit;
  return change(deps, edit, {
    action: "label.set",
    sentence: (image) => `Set ${attributeWords(attribute)} of ${image} to ${quote(value)}`,
    said: `${attributeWords(attribute)} is ${quote(value)} now.`,
    write: (tx, at) =>
      writeLabels(
        tx,
        sql`SELECT m."id" AS "imageId", ${attribute} AS "attribute", ${value} AS "value", m."etag", 'person' AS "source",
                   NULL AS "confidence", NULL AS "labelRunId", ${actor.id} AS "acceptedBy", ${at.getTime()} AS "acceptedAt",
                   ${groupFolderOf(schema.roots)} AS "folder", NULL AS "jobRunId" ${asSeen(edit)} AND m."goneAt" IS NULL`,
        { by: actor.id, at, runId: null },
      ),
  });
}

/**
 * Removes a label.
 * @throws DomainError "conflict" when it changed since it was shown
 */
export async function removeLabel(deps: Deps, edit: LabelEdit): Promise<LabelEdited> {
  const { attribute, actor } = edit;
  return change(deps, edit, {
    action: "label.remove",
    sentence: (image) => `Removed ${attributeWords(attribute)} of ${image}`,
    said: `${attributeWords(attribute)} has no label now.`,
    write: (tx, at) =>
      removeLabels(tx, sql`SELECT m."id" AS "imageId", ${attribute} AS "attribute" ${asSeen(edit)}`, {
        by: actor.id,
        at,
        runId: null,
      }),
  });
}

/**
 * Has a former label hold again just as it was, wherever it came from.
 * @param edit.former its rev
 * @throws DomainError "conflict" when the label changed since it was shown
 */
export async function restoreLabel(deps: Deps, edit: LabelEdit & { former: number }): Promise<LabelEdited> {
  const { attribute, former, actor } = edit;
  return change(deps, edit, {
    action: "label.restore",
    sentence: (image) => `Put a former ${attributeWords(attribute)} of ${image} back`,
    said: `${attributeWords(attribute)} is as it was.`,
    write: (tx, at) =>
      writeLabels(
        tx,
        sql`SELECT h."imageId", h."attribute", h."value", h."etag", h."source", h."confidence", h."labelRunId", h."acceptedBy",
                   h."acceptedAt", h."folder", h."jobRunId"
              FROM "LabelHistory" h
             WHERE h."imageId" = ${edit.imageId} AND h."attribute" = ${attribute} AND h."rev" = ${former}
               AND EXISTS (SELECT 1 ${asSeen(edit)})`,
        { by: actor.id, at, runId: null },
      ),
  });
}

/** `"Image" m` beside its `"Label" l`, if both are as the person saw them. */
function asSeen({ imageId, attribute, seen }: LabelEdit): Sql {
  return sql`
    FROM "Image" m LEFT JOIN "Label" l ON l."imageId" = m."id" AND l."attribute" = ${attribute}
   WHERE m."id" = ${imageId} AND l."rev" IS NOT DISTINCT FROM ${seen.rev} AND m."etag" = coalesce(${seen.etag ?? null}, m."etag")`;
}

async function change(
  { db, clock }: Deps,
  { imageId, attribute, seen, actor }: LabelEdit,
  doing: {
    action: string;
    /** @param image its key, quoted */
    sentence(image: string): string;
    said: string;
    write(tx: Tx, at: Date): Promise<number>;
  },
): Promise<LabelEdited> {
  const at = clock.now();
  return db.$write(async (tx) => {
    if ((await doing.write(tx, at)) === 0) {
      throw new DomainError(
        "conflict",
        `The image or its label of ${attributeWords(attribute)} changed since it was shown here. Look at it again, then decide.`,
      );
    }
    const { key } = await tx.image.findUniqueOrThrow({ where: { id: imageId }, select: { key: true } });
    const label = await tx.label.findUnique({
      where: { imageId_attribute: { imageId, attribute } },
      select: { rev: true, value: true },
    });
    await recordEvent(tx, {
      at,
      actor,
      action: doing.action,
      subject: `image:${imageId}`,
      sentence: doing.sentence(quoteKey(key)),
      detail: { attribute, value: label?.value ?? null },
    });
    return { attribute, said: doing.said, rev: label?.rev ?? null, former: seen.rev };
  });
}
