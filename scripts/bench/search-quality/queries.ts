import { type Language, languages, type Trait } from "./words";

/** A search, and what a right answer shows. */
export type LabeledQuery = { text: string; language: Language; traits: Trait[] };

/** As people type them: with endings, particles and words that tell nothing. */
const asked: { traits: Trait[]; as: Record<Language, string> }[] = [
  {
    traits: ["warm", "profile"],
    as: { English: "profile in warm light", German: "Profil, warmes Licht", Korean: "따뜻한 옆모습" },
  },
  {
    traits: ["cool", "back"],
    as: { English: "back of a head, cool", German: "von hinten, kühl", Korean: "차가운 뒷모습" },
  },
  {
    traits: ["smiling", "front", "warm"],
    as: { English: "smiling front warm", German: "lächelnd frontal warm", Korean: "웃는 정면 따뜻한" },
  },
  {
    traits: ["serious", "profile"],
    as: { English: "a serious profile", German: "ernstes Profil", Korean: "진지한 옆모습" },
  },
  {
    traits: ["smiling", "three-quarter", "cool"],
    as: {
      English: "cool three-quarter smiling",
      German: "kühl dreiviertel lächelnd",
      Korean: "차가운 반측면 웃는",
    },
  },
  {
    traits: ["long", "front"],
    as: { English: "front, long hair", German: "frontal, lange Haare", Korean: "긴 머리 정면" },
  },
  {
    traits: ["long", "back", "warm"],
    as: {
      English: "long hair from the back, warm",
      German: "lange Haare von hinten, warm",
      Korean: "긴 머리 뒷모습 따뜻한",
    },
  },
  {
    traits: ["serious", "front", "neutral"],
    as: { English: "serious front neutral", German: "ernst frontal neutral", Korean: "진지한 정면 중립" },
  },
  { traits: ["glasses"], as: { English: "glasses", German: "Brille", Korean: "안경" } },
  { traits: ["beard"], as: { English: "a beard", German: "Bart", Korean: "수염" } },
  {
    traits: ["turtleneck", "cool"],
    as: { English: "cool turtleneck", German: "Rollkragen kühl", Korean: "차가운 터틀넥" },
  },
  { traits: ["hoodie"], as: { English: "hoodie", German: "Kapuzenpullover", Korean: "후드티" } },
  {
    traits: ["smiling", "glasses"],
    as: { English: "smiling, glasses", German: "lächelnd, Brille", Korean: "웃는 안경" },
  },
];

/** 39 searches: 13 meanings in three languages. */
export const labeledQueries: LabeledQuery[] = asked.flatMap(({ traits, as }) =>
  languages.map((language) => ({ text: as[language], language, traits })),
);
