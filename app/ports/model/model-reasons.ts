/**
 * Reasons of the Gemini API that are its last word on a picture. Every other reason, unknown ones included,
 * is worth one more try: NO_IMAGE, IMAGE_OTHER, OTHER and LANGUAGE say nothing about the
 * picture, MALFORMED_RESPONSE is sent without being in any list.
 * Sources: FinishReason and BlockedReason of @google/genai 2.32 (dist/genai.d.ts) and
 * ai.google.dev/api/generate-content#FinishReason, #BlockReason.
 */
const finalFinishReasons: ReadonlySet<string> = new Set([
  "SAFETY",
  "IMAGE_SAFETY",
  "PROHIBITED_CONTENT",
  "IMAGE_PROHIBITED_CONTENT",
  "RECITATION",
  "IMAGE_RECITATION",
  "BLOCKLIST",
  "SPII",
]);

/** Of a request that was not even read. MODEL_ARMOR and JAILBREAK are safety rules that a Google project can switch on. */
const finalBlockReasons: ReadonlySet<string> = new Set([
  "SAFETY",
  "IMAGE_SAFETY",
  "PROHIBITED_CONTENT",
  "BLOCKLIST",
  "MODEL_ARMOR",
  "JAILBREAK",
]);

export const isFinalFinish = (reason: string) => finalFinishReasons.has(reason);
export const isFinalBlock = (reason: string) => finalBlockReasons.has(reason);
