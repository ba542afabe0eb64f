import { dayOf, dollars } from "~/features/format";
import { imageFormats } from "~/features/images/query/image-query";
import { type Dimension, kindWords, ownKinds, type StorageKind } from "~/features/storage-totals/dimensions";

/** What one value of a dimension has. */
export type TotalRow = {
  name: string;
  /** Of an article whose images they are. */
  ownerId: string;
  label: string;
  /** The list of what was counted; null: no page lists it. */
  to: string | null;
  objects: number;
  bytes: number;
  /** A month; null: the price is not known. */
  usd: number | null;
};

/** The largest values of a dimension, and how many it has. */
export type TotalsView = { rows: TotalRow[]; values: number };

/**
 * What a bucket costs a month; null: the price is not known. Hidden versions, which are counted on demand, are in it as far as they
 * ever were, and where they are not, that is said.
 * @param cost.usd of what a listing shows
 * @param cost.hidden of the last snapshot that counted them; null: none did
 */
export function describeCost(cost: {
  usd: number | null;
  hidden: { takenAt: Date; usd: number | null } | null;
  keepsVersions: boolean;
}): string | null {
  const { usd, hidden, keepsVersions } = cost;
  if (usd === null) return null;
  if (!keepsVersions) return `${dollars(usd)} a month`;
  return hidden && hidden.usd !== null
    ? `${dollars(usd + hidden.usd)} a month with the hidden versions of ${dayOf(hidden.takenAt)}`
    : `${dollars(usd)} a month without hidden versions`;
}

/** A name as people read it. */
export function labelOf(dimension: Dimension, name: string, owners: ReadonlyMap<string, string>): string {
  switch (dimension) {
    case "kind":
      return isKind(name) ? kindWords[name] : name;
    case "owner":
      return name === "" ? "No owner" : (owners.get(name) ?? name);
    case "root":
      return name === "" ? "No root" : name;
    case "format":
      return name === "none" ? "No file name extension" : name.toUpperCase();
    case "article":
    case "class":
      return name;
  }
}

/** The page that lists what a value counts, as far as one does. */
export function listOfTotal(dimension: Dimension, name: string, ownerId: string): string | null {
  const images = (params: Record<string, string>) => `/images?${new URLSearchParams(params)}`;
  switch (dimension) {
    case "kind":
      if (name === "thumbnail") return "/storage/thumbnails";
      return isKind(name) && !ownKinds.includes(name) ? images({ kind: name }) : null;
    case "owner":
      return images(name === "" ? { unowned: "yes" } : { owner: name });
    case "root":
      return name === "" ? null : images({ root: name });
    case "format":
      return imageFormats.some((format) => format === name) ? images({ format: name }) : null;
    case "article":
      return images({ prefix: `${name}/`, ...(ownerId === "" ? { unowned: "yes" } : { owner: ownerId }) });
    case "class":
      return null;
  }
}

const isKind = (name: string): name is StorageKind => Object.hasOwn(kindWords, name);

type Part = { label: string; bytes: number /** What is in no article that is shown. */; rest: boolean };

/** An owner's share of a treemap: its largest articles, and what else it has. */
export type OwnerTile = { name: string; label: string; parts: Part[] };

/** The owners with the most, each with those of the largest articles that are its. */
export const tilesOf = (owners: readonly TotalRow[], articles: readonly TotalRow[]): OwnerTile[] =>
  owners
    .filter(({ bytes }) => bytes > 0)
    .map(({ name, label, bytes }) => {
      const parts = articles
        .filter((article) => article.ownerId === name && article.bytes > 0)
        .map((article): Part => ({ label: article.label, bytes: article.bytes, rest: false }));
      const rest = bytes - parts.reduce((sum, part) => sum + part.bytes, 0);
      return {
        name,
        label,
        parts: rest > 0 ? [...parts, { label: "Everything else", bytes: rest, rest: true }] : parts,
      };
    });
