import { readFileSync } from "node:fs";

export type Block = { file: string; line: number; info: string; text: string };

/** The fenced blocks of the pages whose commands people copy, with what stands behind each opening fence. */
export const readBlocks = (): Block[] => ["README.md", "docs/operations.md", "docs/api.md"].flatMap(blocksOf);

export const nameOf = ({ file, line, text }: Block) => `${file}:${line} ${text.split("\n")[0]}`;

function blocksOf(file: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (const [n, text] of readFileSync(file, "utf8").split("\n").entries()) {
    const fence = /^\s*```(.*)$/.exec(text);
    if (fence && open) {
      blocks.push(open);
      open = null;
    } else if (fence) open = { file, line: n + 1, info: fence[1]?.trim() ?? "", text: "" };
    else if (open) open.text += `${text}\n`;
  }
  if (open) throw new Error(`${file}:${open.line}: this block has no end.`);
  return blocks;
}

/** The commands of a block, each on one line and without its comment. */
export const commandsOf = ({ text }: Block): string[] =>
  text
    .replaceAll("\\\n", " ")
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter(Boolean);
