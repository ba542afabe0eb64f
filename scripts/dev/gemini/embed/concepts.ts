/**
 * Words for what one can see, in the languages of those who search: a word that begins with one of the forms means the concept. Korean
 * puts particles behind its words, German endings.
 */
const forms: Record<string, string[]> = {
  red: ["red", "rot", "빨간", "빨강", "붉은"],
  orange: ["orange", "주황"],
  yellow: ["yellow", "gelb", "노란", "노랑"],
  green: ["green", "grün", "초록", "녹색"],
  blue: ["blue", "blau", "파란", "파랑", "푸른"],
  purple: ["purple", "violet", "lila", "violett", "보라"],
  brown: ["brown", "braun", "갈색"],
  white: ["white", "weiß", "weiss", "하얀", "흰"],
  gray: ["gray", "grey", "grau", "회색"],
  black: ["black", "schwarz", "검은", "검정"],
  dark: ["dark", "dunkel", "dunkl", "어두운"],
  bright: ["bright", "hell", "밝은"],
  colorful: ["colorful", "colourful", "bunt", "화려한", "알록달록"],
  warm: ["warm", "따뜻한", "따뜻"],
  cool: ["cool", "kühl", "차가운", "시원한"],
  neutral: ["neutral", "중립", "무표정"],
  front: ["front", "frontal", "vorn", "정면"],
  profile: ["profil", "seitlich", "옆모습", "측면"],
  back: ["back", "hinten", "rücken", "뒷모습"],
  "three-quarter": ["three-quarter", "dreiviertel", "반측면"],
  smiling: ["smil", "lächel", "웃는", "미소"],
  serious: ["serious", "ernst", "진지한"],
  formal: ["formal", "formell", "suit", "anzug", "정장"],
  casual: ["casual", "lässig", "캐주얼"],
  sport: ["sport", "운동"],
  short: ["short", "kurz", "짧은"],
  long: ["long", "lang", "긴"],
  child: ["child", "kind", "아이", "어린이"],
  old: ["old", "alt", "elder", "노인", "늙은"],
  young: ["young", "jung", "젊은"],
};

const WORD = /[\p{L}\p{N}+]+(?:-[\p{L}\p{N}]+)*/gu;

/** What a text names: concepts, and its other words as they are, in lower case. */
export function conceptsOf(text: string): string[] {
  const words = text.normalize("NFC").toLowerCase().match(WORD) ?? [];
  return words.map((word) => conceptOf(word) ?? word);
}

/** The longest form that a word begins with: “warmes” is warm, “grauen” gray. */
function conceptOf(word: string): string | null {
  let best: { concept: string; length: number } | null = null;
  for (const [concept, names] of Object.entries(forms)) {
    for (const form of names) {
      if (word.startsWith(form) && form.length > (best?.length ?? 0)) best = { concept, length: form.length };
    }
  }
  return best?.concept ?? null;
}
