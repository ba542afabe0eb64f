import { randomOf } from "../../../tests/support/random";

/** Of 1,000 kinds of picture with ten sorts each: a vector lies near its sort, which lies near its kind. */
const KINDS = 1_000;
const SORTS = 10;
/** How far a sort lies from its kind, and a vector from its sort, beside a length of 1. */
const OF_SORT = 0.6;
const OF_VECTOR = 0.5;

/** Vectors of length 1, the same for the same number: as pictures lie in the space of a model, and not evenly all over it. */
export function clusteredVectors(dimensions: number) {
  const kinds = Float32Array.from({ length: KINDS * dimensions }, normalOf(randomOf(1)));
  const sorts = Float32Array.from({ length: KINDS * SORTS * dimensions }, normalOf(randomOf(2)));
  return (number: number): Float32Array => {
    const random = randomOf(number * 7_919 + 3);
    const normal = normalOf(random);
    const kind = random.below(KINDS);
    const sort = kind * SORTS + random.below(SORTS);
    const vector = new Float32Array(dimensions);
    let squares = 0;
    for (let at = 0; at < dimensions; at++) {
      const value =
        (kinds[kind * dimensions + at] as number) +
        OF_SORT * (sorts[sort * dimensions + at] as number) +
        OF_VECTOR * normal();
      vector[at] = value;
      squares += value * value;
    }
    const length = Math.sqrt(squares);
    return vector.map((value) => value / length);
  };
}

/** Numbers about 0 that are mostly below 1, as a bell has them: the sum of four even ones comes near it. */
function normalOf(random: { below(bound: number): number }): () => number {
  const even = () => random.below(65_536) / 65_536 - 0.5;
  return () => (even() + even() + even() + even()) * 1.732;
}
