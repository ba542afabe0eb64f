import { createHash } from "node:crypto";

/** What a content is like, each with how much of it. */
export type Features = Map<string, number>;

/** Of the longest vector. A shorter one is its beginning, as Gemini's are. */
const LONGEST = 3_072;

/**
 * A vector of features: each has a direction of its own that its name alone decides, so that contents are as near as they have
 * features in common.
 */
export function vectorOf(features: Features, dimensions: number): number[] {
  const sum = new Float64Array(dimensions);
  for (const [name, weight] of features) {
    const direction = directionOf(name);
    for (let at = 0; at < dimensions; at++) {
      const bit = ((direction[at >> 3] ?? 0) >> (at & 7)) & 1;
      sum[at] = (sum[at] ?? 0) + (bit ? weight : -weight);
    }
  }
  const length = Math.hypot(...sum);
  return [...sum].map((value) => Math.fround(value / (length || 1)));
}

const directions = new Map<string, Buffer>();
const MOST_DIRECTIONS = 10_000;

/** A bit for each number: up or down. */
function directionOf(name: string): Buffer {
  const known = directions.get(name);
  if (known) return known;
  const direction = createHash("shake256", { outputLength: LONGEST / 8 })
    .update(name)
    .digest();
  if (directions.size < MOST_DIRECTIONS) directions.set(name, direction);
  return direction;
}
