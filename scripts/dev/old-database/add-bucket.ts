import { ago } from "./add-run";
import type { Insert, Row } from "./insert";
import { type OldImage, ROOT } from "./old-images";
import { sha256 } from "./pictures";

const NOT_AN_IMAGE = {
  unreadableClass: "not-an-image",
  unreadable: "Its bytes are no JPEG, PNG, WebP, GIF, AVIF or TIFF, whatever its name says.",
};
const kinds = [
  ["references/", "reference"],
  ["generated/", "generated"],
  ["uploads/", "upload"],
  ["", "other"],
] as const;

/** Owners and images as an index run and a backfill left them. */
export function addImages(insert: Insert, images: OldImage[]): void {
  const owners = [...new Set(images.flatMap(({ ownerId }) => ownerId ?? []))].sort();
  for (const id of owners) {
    const known: Row = id === "jun-park" ? { name: "Jun Park", email: "jun@example.com" } : { name: id };
    insert("Owner", { id, ...known, createdAt: ago(9_000) });
  }
  for (const { id, key, ownerId, picture, state } of images) {
    const { etag, bytes, sha256: hash } = picture;
    const read = { readEtag: etag, contentType: "image/png", width: 8, height: 8, sha256: hash, thumbnailEtag: etag };
    insert("Image", {
      id,
      key,
      etag,
      bytes,
      ownerId,
      kind: kinds.find(([prefix]) => key.startsWith(prefix))?.[1] ?? "other",
      modifiedAt: ago(10_000),
      createdAt: ago(9_000),
      ...(state === "unreadable" ? { readEtag: etag, ...NOT_AN_IMAGE } : state === "unread" ? {} : read),
      ...(state === "stale" && { thumbnailEtag: "5ffbf103bfaefcc67e9f855c64775960", readEtag: null }),
      ...(state === "gone" && { goneAt: ago(300) }),
    });
  }
}

/** Two audits of the root; the first saw another reference image in a group. */
export function addAudits(insert: Insert, images: OldImage[]): void {
  const folders = new Map<string, OldImage[]>([["", []]]);
  for (const image of images.filter(({ key }) => key.startsWith(ROOT))) {
    const rest = image.key.slice(ROOT.length);
    const folder = rest.includes("/") ? `${rest.split("/")[0]}/` : "";
    folders.set(folder, [...(folders.get(folder) ?? []), image]);
  }
  const names = [...folders.keys()].sort();
  const listings = new Map(names.map((folder) => [folder, toListing(`${ROOT}${folder}`, folders.get(folder) ?? [])]));
  for (const objects of new Set(listings.values())) insert("ObjectListing", { hash: sha256(objects), objects });
  const hashOf = (folder: string) => sha256(listings.get(folder) ?? "");

  const all = [...folders.values()].flat();
  for (const { id, at, reference } of [
    { id: 1, at: ago(1_500), reference: "02.png" },
    { id: 2, at: ago(120), reference: "reference.png" },
  ]) {
    const seen = { objects: all.length, images: countImages(all), straysHash: hashOf(""), takenAt: at, asOf: at };
    insert("GroupSnapshot", { id, root: "Model", prefix: ROOT, jobRunId: 2, ...seen });
    for (const folder of names.filter((name) => name !== "")) {
      const changed = folder === "profile_cool/" ? reference : "reference.png";
      const group = { folder, images: folders.get(folder) ?? [], reference: changed };
      insert("Group", { snapshotId: id, listingHash: hashOf(folder), ...toGroup(group) });
    }
  }
}

const countImages = (images: OldImage[]) => images.filter(({ state }) => state !== "unreadable").length;

function toListing(prefix: string, images: OldImage[]): string {
  const entries = images.map(({ key, picture }): [string, string, number] => [
    key.slice(prefix.length),
    picture.etag,
    picture.bytes,
  ]);
  return JSON.stringify(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function toGroup({ folder, images, reference }: { folder: string; images: OldImage[]; reference: string }): Row {
  const [angle = "", tone] = folder.slice(0, -1).split("_");
  const image = images.find(({ key }) => key === `${ROOT}${folder}${reference}`);
  return {
    prefix: `${ROOT}${folder}`,
    name: folder.slice(0, -1),
    attributes: tone === undefined ? null : JSON.stringify({ angle, tone }),
    problem: tone === undefined ? "not “angle_tone”: no angle called “side view??”" : null,
    objects: images.length,
    images: countImages(images),
    bytes: images.reduce((sum, { picture }) => sum + picture.bytes, 0),
    newestAt: ago(10_000),
    referenceKey: image?.key ?? null,
    referenceEtag: image?.picture.etag ?? null,
  };
}
