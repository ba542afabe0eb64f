import { whyNoAddress } from "~/features/ingest/address";

/** The addresses of a pasted text, each once. */
export const readAddresses = (text: string): string[] => [
  ...new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

/** Lines that name nothing that could be read, a sentence each. */
export const findBroken = (text: string): string[] =>
  text.split("\n").flatMap((line, at) => {
    const problem = line.trim() === "" ? null : whyNoAddress(line.trim());
    return problem === null ? [] : [`Line ${at + 1} cannot be read: ${problem}.`];
  });
