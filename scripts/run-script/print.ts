import { visible } from "~/quote";

/** A result for people, on stdout. Names in it come from outside: none may steer the terminal. */
export const printText = (text: string) => process.stdout.write(`${spellOut(text)}\n`);

/** The one JSON document of --json, on stdout: in it such characters are escaped, so that it says just the same. */
export const printJson = (document: object) => process.stdout.write(`${toHarmlessJson(document)}\n`);

export const spellOut = (text: string): string => text.split("\n").map(visible).join("\n");

export const toHarmlessJson = (document: object): string =>
  JSON.stringify(document).replace(/[\p{Cc}\p{Cf}]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => {
      return `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`;
    }).join(""),
  );
