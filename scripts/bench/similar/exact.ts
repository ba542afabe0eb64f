import { keepHighest } from "~/features/similar-images/vectors/nearest";
import { similarityAt } from "~/features/similar-images/vectors/space";

/** Every vector beside the asked one, as one loop over memory: what an index is measured by. */
export function exactSearch({ vectors, dimensions }: { vectors: Float32Array; dimensions: number }) {
  return (vector: Float32Array, most: number, isAsked: Uint8Array | null): number[] => {
    const highest = keepHighest(most);
    for (let number = 0, from = 0; from < vectors.length; number++, from += dimensions) {
      if (isAsked && isAsked[number] === 0) continue;
      highest.offer(number, similarityAt(vector, vectors, from));
    }
    return highest.kept().map(({ id }) => id);
  };
}
