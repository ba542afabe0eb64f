import { addRun, ago, mina, type OldItem, script } from "./add-run";
import type { Insert } from "./insert";
import { type OldImage, ROOT } from "./old-images";

const audit = { kind: "audit-groups", title: "Audit attribute groups", payload: '{"root":null}' };
const scheduled = (id: string) => ({ actor: `schedule:${id}`, actorName: id, scheduleId: id, autoApply: 1 });
const toSummary = (summary: object) => ({ summary: JSON.stringify(summary) });

/** A run of every kind and status but for label runs: over, failed, undone, paused, planned, planning, with and without items. */
export function addRuns(insert: Insert, images: OldImage[]): void {
  addRun(
    insert,
    {
      id: 1,
      ...audit,
      ...scheduled("audit-groups"),
      slot: ago(144_000),
      status: "succeeded",
      itemsRemovedAt: ago(10_000),
    },
    { minutes: 144_000, items: [] },
  );
  const audited = { groups: 8, objects: 18, images: 17, findings: 3, changes: null };
  const model = {
    subject: "Model",
    label: `Model (${ROOT})`,
    outcome: "succeeded",
    after: JSON.stringify(audited),
  } as const;
  addRun(insert, { id: 2, ...audit, ...script, status: "succeeded" }, { minutes: 120, items: [model] });
  addBackfills(insert, images);
  addRun(
    insert,
    { id: 13, ...audit, payload: '{"root":"Model"}', status: "planning", autoApply: 1, ...mina },
    { minutes: 1, items: [] },
  );
  const found = (objects: number) => JSON.stringify({ objects, new: 0, changed: 0, back: 0, gone: 0 });
  const prefixes = ["generated/", "misc/", "references/", "uploads/"].map(
    (subject): OldItem => ({
      subject,
      before: '{"direct":false}',
      outcome: "succeeded",
      after: found(images.filter(({ key }) => key.startsWith(subject)).length),
    }),
  );
  addRun(
    insert,
    {
      id: 14,
      kind: "index-images",
      title: "Index images",
      lane: 1,
      payload: '{"prefix":""}',
      status: "succeeded",
      ...scheduled("index-images"),
      slot: ago(90),
    },
    { minutes: 90, items: prefixes },
  );
  addRun(insert, { id: 15, ...audit, ...script, status: "cancelled" }, { minutes: 80, items: [] });
}

/** One over all images, and one of one owner that someone paused. */
function addBackfills(insert: Insert, images: OldImage[]): void {
  const common = { kind: "backfill-thumbnails", title: "Back-fill thumbnails", lane: 1, ...script };
  const toItem = ({ id, key, picture: { etag } }: OldImage) => ({
    subject: String(id),
    label: key,
    etag,
    before: '{"thumbnailEtag":null}',
    target: JSON.stringify({ thumbnailEtag: etag }),
  });
  const made = ({ picture: { etag } }: OldImage) =>
    ({ outcome: "succeeded", after: JSON.stringify({ thumbnailEtag: etag, width: 8, height: 8, bytes: 60 }) }) as const;
  const items = images
    .filter(({ state }) => state !== "unread")
    .map((image): OldItem => {
      if (image.state !== "unreadable") return { ...toItem(image), ...made(image) };
      return {
        ...toItem(image),
        outcome: "failed",
        errorClass: "not-an-image",
        error: "Its bytes are no JPEG, PNG, …",
      };
    });
  const bytes = images.reduce((sum, { picture }) => sum + picture.bytes, 0);
  const summary = toSummary({
    bytes,
    s3Calls: items.length * 2,
    facts: [{ label: "Have a thumbnail already", value: "0" }],
  });
  addRun(
    insert,
    { id: 3, ...common, payload: '{"force":false}', status: "succeeded", ...summary },
    { minutes: 1_400, items },
  );

  const [one, other] = images.filter(({ ownerId, state }) => ownerId === "jun-park" && state !== "gone");
  if (!one || !other) throw new Error("There are two images of this owner.");
  addRun(
    insert,
    { id: 11, ...common, payload: '{"force":true,"owner":"jun-park"}', status: "paused", ...toSummary({ facts: [] }) },
    { minutes: 15, items: [{ ...toItem(one), ...made(one) }, toItem(other)] },
  );
}
