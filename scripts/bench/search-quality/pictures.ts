import sharp from "sharp";
import { type Random, randomOf } from "../../../tests/support/random";
import { ageRanges, angles, inventPersona, type Persona, tones } from "../../dev/portrait/persona";
import { drawPortrait } from "../../dev/portrait/portrait";
import { type Language, type Trait, words } from "./words";

/** A portrait, what it is known to show, and the key and prompt that tell a part of that. */
export type LabeledPicture = { key: string; prompt: string; traits: ReadonlySet<Trait>; draw(): Promise<Buffer> };

/** Of each angle, tone and age. */
const EACH = 5;
/** Large enough for the local Gemini, which looks at portraits on 384 × 512. */
const WIDTH = 384;
/** Three in five are told of in English. */
const toldIn: Language[] = ["English", "German", "English", "Korean", "English"];
const owners = ["jun-park", "sofia-reyes", "default"];

/** 360 portraits of which all traits are known, by their seeds; the same each time. */
export function labeledPictures(): LabeledPicture[] {
  const cast = angles.flatMap((angle) =>
    tones.flatMap((tone) =>
      ageRanges.flatMap((age) => Array.from({ length: EACH }, () => ({ angle, tone, age }) as const)),
    ),
  );
  return cast.map((fixed, number) => {
    const persona = inventPersona(number + 1_000, fixed);
    const traits = traitsOf(persona);
    const random = randomOf(number + 1);
    const language = random.pick(toldIn);
    return {
      key: `generated/${random.pick(owners)}/2026/11/${[...some(traits, language, random), number].join("-").replaceAll(" ", "-")}.png`,
      prompt: ["portrait", ...some(traits, language, random)].join(", "),
      traits,
      draw: () =>
        sharp(Buffer.from(drawPortrait(persona, WIDTH)))
          .flatten({ background: "#fff" })
          .png()
          .toBuffer(),
    };
  });
}

/** Some of the words: each in one of three cases, so that key and prompt together miss four of nine. */
const some = (traits: ReadonlySet<Trait>, language: Language, random: Random) =>
  random.shuffle([...traits].filter(() => random.once(3))).map((trait) => words[trait][language]);

/** What one can see: no face from behind. */
function traitsOf({ angle, tone, expression, hairStyle, glasses, beard, outfit }: Persona): ReadonlySet<Trait> {
  const isFaceSeen = angle !== "back";
  const seen: (Trait | false)[] = [
    angle,
    tone,
    isFaceSeen && expression !== "neutral" && expression,
    (hairStyle === "waves" || hairStyle === "straight") && "long",
    isFaceSeen && glasses && "glasses",
    isFaceSeen && beard && "beard",
    (outfit === "turtleneck" || outfit === "hoodie") && outfit,
  ];
  return new Set(seen.filter((trait) => trait !== false));
}
