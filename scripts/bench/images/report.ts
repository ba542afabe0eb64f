/** What was asked for, and what was measured. */
export type Line = { what: string; isMet: boolean; measured: string };

/** Prints rows below their headings, in columns. */
export function table(headings: string[], rows: (string | number)[][]): void {
  const cells = [headings, ...rows].map((row) => row.map(String));
  const widths = headings.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const lines = cells.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "),
  );
  process.stdout.write(`${lines.join("\n")}\n\n`);
}

export function verdicts(lines: readonly Line[]): void {
  for (const { what, isMet, measured } of lines) {
    process.stdout.write(`${isMet ? "met    " : "not met"}  ${what}: ${measured}\n`);
  }
}
