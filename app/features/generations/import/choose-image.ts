import { count, plural } from "~/features/format";
import { closestTo, fileName, formsOf } from "~/features/images/names/old-name";
import { quoteKey } from "~/quote";
import type { ToldImage } from "./generation-record";

/** An image of the index, and what tells it from others of its name; sha256 null: its bytes were not read. */
export type Known = {
  id: number;
  key: string;
  etag: string;
  sha256: string | null;
  ownerId: string | null;
  isGone: boolean;
};

export type FoundBy = "key" | "name" | "bytes";
/** The image, and what told it; or why there is none, as a sentence. */
export type Choice = { image: Known; by: FoundBy } | { image: null; isAmbiguous: boolean; why: string };

/** What is asked for: how an image is told, with the keys that this can be (`namesOf`), and whom the record names. */
export type AskedImage = ToldImage & { names: string[]; owner: string | null };

/** Images by what was asked for. */
export type Answers = Record<"ofKey" | "ofFormerKey" | "ofFile" | "ofHash", ReadonlyMap<string, Known[]>>;

/**
 * The keys that a name can be, longest first: itself, and what is left of a path or an address when folders are taken off
 * its front, for a bucket's mirror on a disk and an address of the store both end in a key.
 */
export function namesOf(told: string): string[] {
  return [...new Set([told, pathOf(told)].flatMap(formsOf).flatMap(endsOf))];
}

/** The file names that a name can end in. */
export const fileNamesOf = (told: string): string[] =>
  [...new Set(formsOf(pathOf(told)).map(fileName))].filter((name) => name !== "");

/** Without an address's host, and with the slashes of keys. */
const pathOf = (told: string) => told.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "").replaceAll("\\", "/");

function endsOf(path: string): string[] {
  const ends = [path];
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) ends.push(path.slice(at + 1));
  // What is only a file name is looked up as such.
  return ends.filter((end, index) => end !== "" && (index === 0 || end.includes("/")));
}

/**
 * The image that a record means. What is named by key is surer than by file name, and bytes that are known to differ rule
 * one out; what several can be is told by bytes, then by folders, then by owner.
 */
export function chooseImage(asked: AskedImage, answers: Answers): Choice {
  const { told, isPayload, sha256, names } = asked;
  const firstOf = (from: ReadonlyMap<string, Known[]>) => {
    const name = names.find((one) => from.has(one));
    return name === undefined ? [] : (from.get(name) ?? []);
  };
  const ofFile = () =>
    answers.ofFile.size === 0 || isPayload ? [] : fileNamesOf(told).flatMap((file) => answers.ofFile.get(file) ?? []);
  const ways: [FoundBy, () => Known[]][] = [
    ["key", () => firstOf(answers.ofKey)],
    ["key", () => firstOf(answers.ofFormerKey)],
    ["name", () => closestTo(pathOf(told), ofFile())],
    ["bytes", () => (sha256 === null ? [] : (answers.ofHash.get(sha256) ?? []))],
  ];
  let alike: Known[] = [];
  let differ = 0;
  for (const [by, find] of ways) {
    const images = find();
    const fitting = images.filter((image) => sha256 === null || image.sha256 === null || image.sha256 === sha256);
    differ += images.length - fitting.length;
    const left = narrow(fitting, asked);
    if (left.length === 1 && left[0]) return { image: left[0], by };
    if (left.length > 1 && alike.length === 0) alike = left;
  }
  const name = quoteKey(told);
  if (alike.length > 0)
    return { image: null, isAmbiguous: true, why: `${name} can be any of ${count(alike.length)} images.` };
  const why = isPayload ? "No image has the bytes of this payload." : `No image is called ${name}.`;
  const others = `${plural(differ, "image")} called ${name} ${differ === 1 ? "has" : "have"} other bytes.`;
  return { image: null, isAmbiguous: false, why: differ > 0 ? others : why };
}

/** Each of these keeps some only where it does not rule out all. */
function narrow(images: Known[], { sha256, etag, owner }: ToldImage & { owner: string | null }): Known[] {
  const rules: ((image: Known) => boolean)[] = [
    (image) => sha256 !== null && image.sha256 === sha256,
    (image) => etag !== null && image.etag === etag,
    (image) => !image.isGone,
    (image) => owner !== null && image.ownerId === owner,
  ];
  return rules.reduce((left, rule) => {
    const kept = left.filter(rule);
    return left.length > 1 && kept.length > 0 ? kept : left;
  }, images);
}
