import { ago } from "./add-run";
import type { Insert } from "./insert";
import { ROOT } from "./old-images";
import { pictureOf } from "./pictures";

const common = { root: "Model", firstSnapshotId: 1, lastSnapshotId: 2, firstSeenAt: ago(1_500), lastSeenAt: ago(120) };
const nothing = JSON.stringify({ groups: [], objects: [], more: 0 });

/** A finding that is open, one set aside and one that closed, and alerts of both kinds, open and closed. */
export function addFindings(insert: Insert): void {
  const stray = pictureOf(6);
  insert("Finding", {
    id: 1,
    ...common,
    type: "stray-object",
    severity: "warning",
    subject: `${ROOT}IMG_2041.png`,
    sentence: "“IMG_2041.png” lies at the root, in no group.",
    evidence: JSON.stringify({
      groups: [],
      objects: [{ key: `${ROOT}IMG_2041.png`, etag: stray.etag, bytes: stray.bytes }],
      more: 0,
    }),
  });
  insert("Finding", {
    id: 2,
    ...common,
    type: "missing-combination",
    severity: "info",
    subject: `${ROOT}three-quarter_neutral/`,
    sentence: "No group says angle three-quarter, tone neutral.",
    evidence: nothing,
    ignoredAt: ago(90),
    ignoredBy: "operator:1",
    ignoredByName: "Mina Kang",
    ignoreReason: "Not needed before spring.",
  });
  insert("Finding", {
    id: 3,
    ...common,
    type: "empty-group",
    severity: "warning",
    subject: `${ROOT}back_cool/`,
    sentence: "“back_cool” holds no image.",
    evidence: JSON.stringify({ groups: [`${ROOT}back_cool/`], objects: [], more: 0 }),
    closedAt: ago(120),
  });
  insert("Finding", {
    id: 4,
    ...common,
    type: "unreadable-name",
    severity: "error",
    subject: `${ROOT}side view??/`,
    sentence: "“side view??” is not “angle_tone”: no angle called “side view??”.",
    evidence: JSON.stringify({ groups: [`${ROOT}side view??/`], objects: [], more: 0 }),
  });
  addAlerts(insert);
}

function addAlerts(insert: Insert): void {
  const reference = (name: string, id: number) => ({ key: `${ROOT}profile_cool/${name}`, etag: pictureOf(id).etag });
  const seen = { root: "Model", openedAt: ago(1_500), lastSeenAt: ago(120) };
  insert("Alert", {
    id: 1,
    ...seen,
    cause: "finding:4",
    kind: "finding",
    severity: "error",
    subject: `${ROOT}side view??/`,
    sentence: "“side view??” is not “angle_tone”: no angle called “side view??”.",
    detail: JSON.stringify({ findingId: 4, type: "unreadable-name" }),
  });
  const changed = {
    ...seen,
    cause: `reference:Model:${ROOT}profile_cool/`,
    kind: "reference-changed",
    severity: "warning",
    subject: `${ROOT}profile_cool/`,
    sentence: "The reference image of “profile_cool” is another one.",
  };
  const detail = { group: "profile_cool", before: reference("02.png", 23), after: reference("reference.png", 22) };
  insert("Alert", { id: 2, ...changed, openedAt: ago(120), detail: JSON.stringify(detail) });
  insert("Alert", {
    id: 3,
    ...changed,
    detail: JSON.stringify({ ...detail, after: null }),
    closedAt: ago(1_000),
    closedBy: "operator:1",
    closedByName: "Mina Kang",
  });
}
