export const languages = ["English", "German", "Korean"] as const;
export type Language = (typeof languages)[number];

/** What pictures show and searches ask for, in the words of each language, as a prompt would have them. */
export const words = {
  warm: { English: "warm", German: "warm", Korean: "따뜻한" },
  neutral: { English: "neutral", German: "neutral", Korean: "중립" },
  cool: { English: "cool", German: "kühl", Korean: "차가운" },
  front: { English: "front", German: "frontal", Korean: "정면" },
  "three-quarter": { English: "three-quarter", German: "dreiviertel", Korean: "반측면" },
  profile: { English: "profile", German: "profil", Korean: "옆모습" },
  back: { English: "back", German: "hinten", Korean: "뒷모습" },
  smiling: { English: "smiling", German: "lächelnd", Korean: "웃는" },
  serious: { English: "serious", German: "ernst", Korean: "진지한" },
  long: { English: "long hair", German: "lange Haare", Korean: "긴 머리" },
  glasses: { English: "glasses", German: "Brille", Korean: "안경" },
  beard: { English: "beard", German: "Bart", Korean: "수염" },
  turtleneck: { English: "turtleneck", German: "Rollkragen", Korean: "터틀넥" },
  hoodie: { English: "hoodie", German: "Kapuzenpullover", Korean: "후드티" },
} satisfies Record<string, Record<Language, string>>;

/** Something that a picture shows or does not. */
export type Trait = keyof typeof words;
