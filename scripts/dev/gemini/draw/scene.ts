import { ageRanges, angles, inventPersona, type Persona, tones } from "../../portrait/persona";
import { conceptsOf } from "../embed/concepts";
import type { Look } from "../look";
import type { Palette } from "./palette";

/** The colors that words name. */
const namedColors: Record<string, string> = {
  red: "#c8322f",
  orange: "#e0862c",
  yellow: "#e3c23a",
  green: "#3f8f4f",
  blue: "#2f5fc4",
  purple: "#7a43b0",
  brown: "#7b4f2f",
  white: "#f3f1ec",
  gray: "#8a8a8a",
  black: "#1d1d20",
};

const subjects = {
  landscape: /^(?:landscape|mountain|sea|beach|forest|lake|landschaft|berg|meer|풍경|산|바다)/,
  product: /^(?:product|bottle|cup|mug|vase|jar|produkt|flasche|tasse|제품|병|컵)/,
};

/** What the words of an instruction say; null: nothing. */
export type Words = {
  subject: "person" | keyof typeof subjects;
  tone: Persona["tone"] | null;
  angle: Persona["angle"] | null;
  age: Persona["age"] | null;
  expression: Persona["expression"] | null;
  /** In hex. */
  color: string | null;
  light: "dark" | "bright" | null;
};

export function readWords(instruction: string): Words {
  const concepts = conceptsOf(instruction);
  const first = <T extends string>(values: readonly T[]): T | null =>
    values.find((one) => concepts.includes(one)) ?? null;
  const named = concepts.find((one) => Object.hasOwn(namedColors, one));
  const isAbout = (subject: keyof typeof subjects) => concepts.some((one) => subjects[subject].test(one));
  return {
    subject: isAbout("landscape") ? "landscape" : isAbout("product") ? "product" : "person",
    tone: first(tones),
    angle: first(angles),
    age: first(ageRanges) ?? (concepts.includes("old") ? "70+" : concepts.includes("young") ? "20s" : null),
    expression: first(["smiling", "serious"]),
    color: named === undefined ? null : (namedColors[named] ?? null),
    light: first(["dark", "bright"]),
  };
}

/** Someone as the words say, else as the pictures show, else as the hash of the request picks. */
export function castPersona(words: Words, seen: Look[], palette: Palette | null, sha256: string): Persona {
  const seed = Number.parseInt(sha256.slice(0, 8), 16);
  const pick = <T extends string>(name: string, values: readonly T[], said: T | null): T => {
    const shown = values.find((one) => seen[0]?.values[name] === one);
    return said ?? shown ?? (values[seed % values.length] as T);
  };
  const persona = inventPersona(seed, {
    angle: pick("angle", angles, words.angle),
    tone: pick("tone", tones, words.tone),
    age: pick("ageRange", ageRanges, words.age),
  });
  const cloth = words.color ?? palette?.low ?? null;
  return {
    ...persona,
    ...(words.expression && { expression: words.expression }),
    ...(cloth && { cloth: shadesOf(cloth) }),
    ...(palette && words.age === null && { hair: shadesOf(palette.high) }),
  };
}

/** A color with a lighter and a darker one, and an accent that shows on it. */
function shadesOf(hex: string): Persona["cloth"] {
  return {
    base: hex,
    light: mix(hex, "#ffffff", 0.25),
    shade: mix(hex, "#000000", 0.22),
    accent: mix(hex, "#ffffff", 0.8),
  };
}

export function mix(one: string, other: string, share: number): string {
  const channel = (at: number) => {
    const [a, b] = [one, other].map((hex) => Number.parseInt(hex.slice(at, at + 2), 16));
    return Math.round((a ?? 0) * (1 - share) + (b ?? 0) * share)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
