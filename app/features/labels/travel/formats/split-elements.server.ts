/** An element of a JSON array as text, with the line on which it begins, from 1; or what is wrong with the rest. */
export type Element = { line: number; text: string } | { line: number; text: null; problem: string };

/** A longer element is no task of ours, and is not kept in memory. */
const LONGEST_CHARACTERS = 32 * 1024 * 1024;

/**
 * The elements of one JSON array (or one element alone), however long it is and however its lines are broken: only the one at hand is
 * kept. They are set apart by their brackets, so that what is wrong within one does not keep the next from being read.
 */
export async function* splitElements(texts: AsyncIterable<string>): AsyncGenerator<Element, void> {
  let line = 1;
  let begins = 1;
  let depth = 0;
  /** Whether an array is around the elements; unknown before the first bracket. */
  let isArray: boolean | null = null;
  let isOver = false;
  let isText = false;
  let isEscaped = false;
  let element = "";
  for await (const text of texts) {
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const sign = text[at];
      if (sign === "\n") line += 1;
      if (isText) {
        if (isEscaped) isEscaped = false;
        else if (sign === "\\") isEscaped = true;
        else if (sign === '"') isText = false;
        continue;
      }
      if (sign === '"' && depth > 0) isText = true;
      if (sign === "{" || sign === "[") {
        if (isArray === null) {
          isArray = sign === "[";
          if (isArray) {
            from = at + 1;
            continue;
          }
        }
        if (depth === 0) {
          begins = line;
          from = at;
          element = "";
        }
        depth += 1;
      } else if (sign === "}" || sign === "]") {
        if (depth === 0) isOver = true;
        else depth -= 1;
        if (depth > 0 || isOver) continue;
        yield { line: begins, text: element + text.slice(from, at + 1) };
        element = "";
        from = at + 1;
      } else if (depth === 0 && !isOver && /[^\s,\uFEFF]/.test(sign ?? "")) {
        yield { line, text: null, problem: "has something between two tasks that is no task" };
        return;
      }
    }
    if (depth > 0) element += text.slice(from);
    if (element.length > LONGEST_CHARACTERS) {
      yield { line: begins, text: null, problem: "begins a task of more than 32 million characters" };
      return;
    }
  }
  if (depth > 0) yield { line: begins, text: null, problem: "begins a task that has no end: the file was cut off" };
  else if (isArray && !isOver) yield { line, text: null, problem: "has no “]”: the file was cut off" };
}
