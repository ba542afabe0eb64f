type Chosen = { json: unknown; how: "doubled" | "listed" | null } | { problem: string };

/**
 * Which of the objects of an answer is about the image. A request shows its examples before it, and a model now and then
 * answers for each picture: the last object is then the image's. It is taken only where nothing else fits: there are as many
 * objects as pictures, those before it say what the examples say, and they would not if the image's came first.
 * @param objects at least one, in the order of the answer
 * @param examples what the request said of its examples, in their order; each may say less than a whole answer
 */
export function chooseObject(objects: readonly unknown[], examples: readonly unknown[]): Chosen {
  const [first, ...others] = objects;
  if (others.length === 0) return { json: first, how: null };
  if (others.every((one) => JSON.stringify(one) === JSON.stringify(first))) return { json: first, how: "doubled" };
  const areExamples = (said: readonly unknown[]) =>
    said.length === examples.length && said.every((one, index) => says(one, examples[index]));
  if (areExamples(objects.slice(0, -1)) && !areExamples(others) && !areExamples(others.toReversed())) {
    return { json: objects.at(-1), how: "listed" };
  }
  return {
    problem: `The answer holds ${objects.length} objects that differ, and nothing tells which is about this image.`,
  };
}

/** Whether an answer says what is known, value by value; numbers, such as a confidence, are the model's own. */
function says(answer: unknown, known: unknown): boolean {
  if (!isObject(known)) return typeof known !== "string" || answer === known;
  return isObject(answer) && Object.entries(known).every(([name, value]) => says(answer[name], value));
}

export const isObject = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === "object" && value !== null;
