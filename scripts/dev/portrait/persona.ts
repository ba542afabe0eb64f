// Who is drawn, and how. The local Gemini reads angle, tone and age back from the pixels, so the numbers below are a
// contract with it: eyes of luma < 45, everything else in their band lighter; hair lightens with age.

export const angles = ["front", "three-quarter", "profile", "back"] as const;
export const tones = ["warm", "neutral", "cool"] as const;
export const ageRanges = ["20s", "30s", "40s", "50s", "60s", "70+"] as const;

export type Angle = (typeof angles)[number];
export type Tone = (typeof tones)[number];
export type AgeRange = (typeof ageRanges)[number];

const hairStyles = ["crop", "side-part", "curls", "bun", "bob", "waves", "straight", "afro"] as const;
export type HairStyle = (typeof hairStyles)[number];

const outfits = ["tee", "shirt", "blazer", "turtleneck", "hoodie", "track-jacket"] as const;
type Outfit = (typeof outfits)[number];

const expressions = ["neutral", "smiling", "serious"] as const;
export type Expression = (typeof expressions)[number];

type Backdrop = "arch" | "panel" | "sun" | "window";

export type Persona = {
  angle: Angle;
  tone: Tone;
  age: AgeRange;
  /** `frame` is what glasses look well in. */
  skin: { base: string; light: string; shade: string; blush: string; frame: string };
  hair: { base: string; light: string; shade: string };
  hairStyle: HairStyle;
  outfit: Outfit;
  cloth: { base: string; light: string; shade: string; accent: string };
  expression: Expression;
  beard: boolean;
  glasses: boolean;
  earrings: boolean;
  backdrop: Backdrop;
};

const skins: Persona["skin"][] = [
  { base: "#f3d2bb", light: "#fbe5d5", shade: "#dfb093", blush: "#e99c85", frame: "#8c7350" },
  { base: "#ecc09d", light: "#f6d6ba", shade: "#d29c76", blush: "#df8a6b", frame: "#8c7350" },
  { base: "#d8a27a", light: "#e8bb96", shade: "#b98058", blush: "#c97452", frame: "#8c7350" },
  { base: "#bf8760", light: "#d3a07a", shade: "#9c6844", blush: "#b0613f", frame: "#8c7350" },
  { base: "#9c6845", light: "#b5815c", shade: "#7b4d30", blush: "#ad5440", frame: "#d6b062" },
  { base: "#7d5038", light: "#966750", shade: "#623b29", blush: "#a04c42", frame: "#d6b062" },
];

/** Luma about 58, 75, 97, 128, 168 and 226: the age that the local Gemini sees. */
const hairs: Record<AgeRange, Persona["hair"][]> = {
  "20s": [
    { base: "#4b352a", light: "#6d4f3e", shade: "#443026" },
    { base: "#5a302a", light: "#7e483b", shade: "#502b26" },
    { base: "#41383a", light: "#625558", shade: "#3a3234" },
  ],
  "30s": [
    { base: "#6b4630", light: "#8d6246", shade: "#573826" },
    { base: "#7a3e2a", light: "#a05a3f", shade: "#643222" },
  ],
  "40s": [
    { base: "#7c5f4d", light: "#9a7d6a", shade: "#67503f" },
    { base: "#86593f", light: "#a77a5d", shade: "#6f4832" },
  ],
  "50s": [
    { base: "#8f7f72", light: "#b0a196", shade: "#766a60" },
    { base: "#8a8078", light: "#aca39b", shade: "#726961" },
  ],
  "60s": [
    { base: "#aca7a2", light: "#c9c5c1", shade: "#928d88" },
    { base: "#a8a8ab", light: "#c6c6c9", shade: "#8d8d91" },
  ],
  "70+": [
    { base: "#e4e2de", light: "#f6f5f2", shade: "#c9c6c1" },
    { base: "#dfe1e4", light: "#f3f4f6", shade: "#c3c6ca" },
  ],
};

const cloths: Persona["cloth"][] = [
  { base: "#34425e", light: "#46577a", shade: "#283349", accent: "#f3ede2" },
  { base: "#b65c41", light: "#cb7458", shade: "#964830", accent: "#f6e7d3" },
  { base: "#7b9279", light: "#93a891", shade: "#627760", accent: "#f3f0e4" },
  { base: "#d0a144", light: "#e0b762", shade: "#b08430", accent: "#4a4034" },
  { base: "#6e4560", light: "#875a78", shade: "#58354c", accent: "#ecd9e2" },
  { base: "#43474e", light: "#5a5f68", shade: "#34373d", accent: "#e7e7e4" },
  { base: "#e7dccb", light: "#f4ecdf", shade: "#cbbda8", accent: "#8b5d44" },
  { base: "#33706f", light: "#478887", shade: "#275858", accent: "#eef1e6" },
  { base: "#cf9292", light: "#deabab", shade: "#b37676", accent: "#fff4ee" },
];

/** Mulberry32: small, seeded, the same on every machine. Values in [0, 1). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Someone of this angle, tone and age; all else follows from the seed. */
export function inventPersona(seed: number, fixed: Pick<Persona, "angle" | "tone" | "age">): Persona {
  const random = randomFrom(seed * 7919 + 17);
  function pick<T>(choices: readonly T[]): T {
    const choice = choices[Math.floor(random() * choices.length)];
    if (choice === undefined) throw new Error("nothing to pick from");
    return choice;
  }
  const hairStyle = pick(hairStyles);
  const wearsShortHair = hairStyle === "crop" || hairStyle === "side-part" || hairStyle === "curls";
  const isOlder = fixed.age === "50s" || fixed.age === "60s" || fixed.age === "70+";
  return {
    ...fixed,
    skin: pick(skins),
    hair: pick(hairs[fixed.age]),
    hairStyle,
    outfit: pick(outfits),
    cloth: pick(cloths),
    expression: pick(expressions),
    beard: wearsShortHair && random() < 0.45,
    glasses: random() < (isOlder ? 0.5 : 0.2),
    earrings: !wearsShortHair && random() < 0.6,
    backdrop: pick(["arch", "panel", "sun", "window"]),
  };
}
