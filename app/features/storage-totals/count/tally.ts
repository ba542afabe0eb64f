import { type Dimension, STANDARD } from "~/features/storage-totals/dimensions";
import type { ObjectFacts } from "./object-facts";

/** What one value of a dimension has, as it is kept (StorageTotal). */
export type Total = {
  /** Beside the dimensions: “articles” together, and what is “hidden” from a listing, by class. */
  dimension: Dimension | "articles" | "hidden";
  name: string;
  ownerId: string;
  storageClass: string;
  objects: number;
  bytes: number;
};

/** Adds objects up by what they are. `size` grows with the values that were seen, not with the objects. */
export function createTally() {
  let totals = new Map<string, Total>();

  function add(
    dimension: Total["dimension"],
    name: string,
    ownerId: string,
    storageClass: string,
    bytes: number,
  ): void {
    const id = `${dimension} ${storageClass} ${ownerId.length} ${ownerId}${name}`;
    const total = totals.get(id);
    if (total) {
      total.objects += 1;
      total.bytes += bytes;
    } else totals.set(id, { dimension, name, ownerId, storageClass, objects: 1, bytes });
  }

  /** To the sum, and where the class is not the usual one also to what lies in it. */
  function addEach(dimension: Total["dimension"], name: string, object: Counted, ownerId = ""): void {
    add(dimension, name, ownerId, "", object.bytes);
    if (object.storageClass !== null) add(dimension, name, ownerId, object.storageClass, object.bytes);
  }

  return {
    add(object: Counted, { kind, owner, root, format, article }: ObjectFacts): void {
      addEach("kind", kind, object);
      addEach("root", root ?? "", object);
      addEach("format", format, object);
      if (owner !== undefined) addEach("owner", owner ?? "", object);
      if (article !== null) {
        addEach("article", article, object, owner ?? "");
        addEach("articles", "", object);
      }
      add("class", object.storageClass ?? STANDARD, "", "", object.bytes);
    },
    /** What a listing does not show. */
    addHidden: (object: Counted) => add("hidden", "", "", object.storageClass ?? STANDARD, object.bytes),
    size: () => totals.size,
    /** Everything since the last time. */
    take(): Total[] {
      const taken = [...totals.values()];
      totals = new Map();
      return taken;
    },
  };
}

type Counted = { bytes: number; storageClass: string | null };
export type Tally = ReturnType<typeof createTally>;
