/**
 * The error classes that speak of one item alone: its picture, its object, what a model thinks of it. However many there
 * are, the next item may succeed. Every other class, an unforeseen one too, may as well speak of what all items need: the
 * store, the keys, the model, the prompt, our own code.
 */
const itemClasses: ReadonlySet<string> = new Set([
  "empty",
  "not-an-image",
  "replaced-meanwhile",
  "refused",
  "s3-archived",
  "s3-changed",
  "s3-exists",
  "s3-not-found",
  "s3-too-large",
  "too-large",
  "too-slow",
  "undecodable",
  "unsupported",
  "worker-died",
]);

export const isOfItem = (errorClass: string) => itemClasses.has(errorClass);
