import type { AbilityLine } from "~/features/storage/explain-abilities";

const words: Record<AbilityLine["tone"], string> = { good: "ok", info: "ok", warn: "check", bad: "wrong" };

const sentence = (text: string) => (text.endsWith(".") ? text : `${text}.`);

/** For a terminal: what was tried, below it what came of it and what that means, then what to do. */
export function linesToText(lines: AbilityLine[]): string {
  const width = Math.max(...lines.map(({ name }) => name.length));
  const indent = " ".repeat(width + 10);
  const text = lines.flatMap(({ name, tried, does, means, todo, tone }) => [
    `${words[tone].padEnd(6)}  ${name.padEnd(width)}  ${tried}`,
    `${indent}→ ${[sentence(does), means].join(" ").trim()}`,
    ...(todo === null ? [] : [`${indent}→ To do: ${todo}`]),
  ]);
  const open = lines.filter(({ todo }) => todo !== null).length;
  const end = open === 0 ? "All is well." : `To do: ${open === 1 ? "one thing" : `${open} things`}.`;
  return [...text, "", end].join("\n");
}
