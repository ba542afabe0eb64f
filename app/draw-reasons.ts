/** What happened, and what a person can change; two sentences for each. */
export type DrawReason = { reason: string; advice: string };

const plainer =
  "Describe people, clothes and scene more plainly, leave out what can be read as violent or intimate, or take other pictures.";
const other = "Ask for something else: the same request would be refused again.";
const own = "Name no artist, brand, film or known person, and describe the picture in your own words.";
const again = "Draw it again; if it ends the same way twice, change the instruction.";

/** By finish reason; those of ports/model/model-reasons.ts that are final, and the known ones that are worth one more try. */
const finishes: Record<string, DrawReason> = {
  SAFETY: { reason: "Gemini stopped, since it takes the request or its own answer for unsafe.", advice: plainer },
  IMAGE_SAFETY: { reason: "Gemini drew a picture, and its safety filter holds it back.", advice: plainer },
  PROHIBITED_CONTENT: { reason: "Google’s policy does not allow what was asked for.", advice: other },
  IMAGE_PROHIBITED_CONTENT: { reason: "Google’s policy does not allow what the picture shows.", advice: other },
  RECITATION: { reason: "Gemini stopped, since its answer came too close to a known work.", advice: own },
  IMAGE_RECITATION: { reason: "The picture came too close to a known one, so Gemini holds it back.", advice: own },
  SPII: {
    reason: "Gemini stopped, since the request or its answer holds sensitive personal data.",
    advice: "Leave out names, addresses, numbers and documents, in the words and in the pictures.",
  },
  BLOCKLIST: {
    reason: "The request or its answer has a word that Gemini blocks.",
    advice: "Say it in other words.",
  },
  NO_IMAGE: {
    reason: "Gemini was to draw a picture and drew none.",
    advice: "Say plainly that you want a picture, and what it shows; then draw again.",
  },
  IMAGE_OTHER: { reason: "Gemini could not draw this, and does not say why.", advice: again },
  OTHER: { reason: "Gemini stopped, and does not say why.", advice: again },
  LANGUAGE: {
    reason: "Gemini does not know the language of the instruction.",
    advice: "Write the instruction in English.",
  },
  MAX_TOKENS: {
    reason: "Gemini used up its tokens before the picture was done.",
    advice: "Shorten the instruction or ask for a smaller size.",
  },
};

/** By block reason: the request was refused before anything was drawn. */
const blocks: Record<string, DrawReason> = {
  SAFETY: { reason: "Gemini refused the request: its words or pictures count as unsafe.", advice: plainer },
  IMAGE_SAFETY: {
    reason: "Gemini refused the request: a picture in it counts as unsafe.",
    advice: "Take other pictures.",
  },
  PROHIBITED_CONTENT: { reason: "Gemini refused the request: Google’s policy does not allow it.", advice: other },
  BLOCKLIST: {
    reason: "Gemini refused the request: it has a word that is blocked.",
    advice: "Say it in other words.",
  },
  MODEL_ARMOR: {
    reason: "Gemini refused the request by a rule of Model Armor, which the Google project has switched on.",
    advice: "Change the instruction, or have the rule changed in the Google project.",
  },
  JAILBREAK: {
    reason: "Gemini refused the request, since it takes it for an attempt to get around its rules.",
    advice: "Say only what the picture is to show.",
  },
  OTHER: { reason: "Gemini refused the request, and does not say why.", advice: again },
};

export const explainFinish = (reason: string): DrawReason =>
  finishes[reason] ?? { reason: `Gemini stopped for a reason that is not known here: ${reason}.`, advice: again };

export const explainBlock = (reason: string): DrawReason =>
  blocks[reason] ?? {
    reason: `Gemini refused the request for a reason that is not known here: ${reason}.`,
    advice: again,
  };

/** @param hasText the model answered in words */
export const explainNothing = (hasText: boolean): DrawReason =>
  hasText
    ? {
        reason: "Gemini answered in words and drew nothing.",
        advice: "Say plainly that you want a picture, and what it shows; then draw again.",
      }
    : { reason: "Gemini answered with nothing.", advice: again };
