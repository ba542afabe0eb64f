import { type Picture, pictureOf, textOf } from "./pictures";

/** The one attribute root. */
export const ROOT = "references/01. Model/";

export type OldImage = {
  id: number;
  key: string;
  ownerId: string | null;
  picture: Picture;
  /** `stale`: its thumbnail shows former bytes; `unread`: nothing but its listing is known. */
  state?: "stale" | "unread" | "unreadable" | "gone";
};

const owned = (id: number, kind: "generated" | "uploads", ownerId: string, rest: string): OldImage => ({
  id,
  key: `${kind}/${ownerId}/2026/11/${rest}`,
  ownerId,
  picture: pictureOf(id),
});
const below = (id: number, rest: string): OldImage => ({
  id,
  key: `${ROOT}${rest}`,
  ownerId: null,
  picture: pictureOf(id),
});

/** One of every kind, under numbers that rows of runs, labels and findings name. */
const named: OldImage[] = [
  owned(1, "generated", "jun-park", "8c1f27d0.png"),
  { ...owned(2, "generated", "sofia-reyes", "b7e0934a.png"), state: "stale" },
  { id: 3, key: "generated/legacy-0007.png", ownerId: null, picture: pictureOf(3) },
  { ...owned(4, "uploads", "jun-park", "pose.png"), state: "unread" },
  { ...owned(5, "generated", "jun-park", "d2415e6f.png"), state: "gone" },
  below(6, "IMG_2041.png"),
  { ...below(7, "front_warm/notes.txt"), picture: textOf("Light from the left.\n"), state: "unreadable" },
  below(8, "front_warm/reference.png"),
  below(9, "front_warm/02.png"),
  below(10, "front_warm/03.png"),
  below(11, "profile_neutral/reference.png"),
  below(12, "profile_neutral/02.png"),
  below(13, "profile_neutral/03.png"),
  below(14, "three-quarter_warm/reference.png"),
  below(15, "three-quarter_warm/02.png"),
  below(16, "three-quarter_warm/03.png"),
  below(17, "front_cool/reference.png"),
  below(18, "front_cool/02.png"),
  // The group back_neutral is being renamed: two images have their new keys.
  below(19, "back_warm/02.png"),
  below(20, "back_warm/03.png"),
  below(21, "back_neutral/reference.png"),
  below(22, "profile_cool/reference.png"),
  below(23, "profile_cool/02.png"),
  below(25, "side view??/01.png"),
  { id: 24, key: "misc/scan.png", ownerId: null, picture: pictureOf(24) },
];

const groups = ["front_warm", "profile_neutral", "three-quarter_warm"];
const OWNERS = 50;

/** So many images: the named ones, then in turn a reference image of a group and a generated image of an owner. */
export function listImages(count: number): OldImage[] {
  const rest = Array.from({ length: Math.max(0, count - named.length) }, (_, n) => {
    const id = 101 + n;
    const name = `${String(id).padStart(6, "0")}.png`;
    if (n % 2 === 0) return below(id, `${groups[(n / 2) % groups.length]}/${name}`);
    return owned(id, "generated", `maker-${String(((n - 1) / 2) % OWNERS).padStart(2, "0")}`, name);
  });
  return [...named, ...rest];
}

/** Those that a label run may ask about, in the order of their keys. */
export const referencesOf = (images: OldImage[]) =>
  images
    .filter(({ key, state }) => key.startsWith(ROOT) && state !== "unreadable")
    .sort((one, other) => (one.key < other.key ? -1 : 1));

/** What lies in the bucket: what is known, but for what has gone, and the object whose source its mover had not yet deleted. */
export function listObjects(images: OldImage[]): { key: string; picture: Picture }[] {
  const objects = images.filter(({ state }) => state !== "gone").map(({ key, picture }) => ({ key, picture }));
  return [...objects, { key: `${ROOT}back_neutral/03.png`, picture: pictureOf(20) }];
}
