import sharp from "sharp";
import { type Fault, finishOf, type UsageFault } from "../knobs";
import { textTokens } from "../request";
import { bendUsage, tokenDetails } from "../respond";
import { drawPicture } from "./draw-picture";
import { editPicture } from "./edit-picture";
import type { DrawingRequest } from "./read-draw-request";

/** What a model that thinks takes for it; those who measured found 170 to 900. */
const THOUGHTS = 220;
const SAID = "Here is the picture.";
const REFUSED_IN_WORDS = "I’m unable to draw that. Tell me what the picture should show instead.";

/** A GenerateContentResponse with a picture, bent by the fault. */
export async function respondDrawing(
  name: string,
  request: DrawingRequest,
  { fault, usage }: { fault: Fault | null; usage: UsageFault | null },
) {
  const answered = await answer(request, fault);
  const { pictures = 0, text = "", thoughts = 0, ...response } = answered;
  const usageMetadata = bendUsage(usageOf(request, { pictures, text, thoughts }), usage);
  return { ...response, ...(usageMetadata && { usageMetadata }), modelVersion: name };
}

type Answer = { candidates?: object[]; promptFeedback?: object; pictures?: number; text?: string; thoughts?: number };

async function answer(request: DrawingRequest, fault: Fault | null): Promise<Answer> {
  const thoughts = request.model.thinks ? THOUGHTS : 0;
  const ended = (finishReason: string, parts: object[], more: object = {}) => [
    { content: { role: "model", ...(parts.length > 0 && { parts }) }, finishReason, index: 0, ...more },
  ];
  if (fault === "prompt-blocked") return { promptFeedback: { blockReason: "PROHIBITED_CONTENT" } };
  if (fault === "no-candidate") return { candidates: [] };
  if (fault === "empty") return { candidates: ended("STOP", []), thoughts };
  const finish = finishOf(fault);
  if (finish) {
    const isFree = finish.startsWith("IMAGE_") || finish === "NO_IMAGE";
    const finishMessage = `Unable to show the generated image: the local Gemini was told to stop for ${finish}.${isFree ? " You will not be charged for this request." : ""}`;
    return { candidates: ended(finish, [], { finishMessage }), thoughts };
  }
  if (fault === "text-only") {
    return { candidates: ended("STOP", [{ text: REFUSED_IN_WORDS }]), text: REFUSED_IN_WORDS, thoughts };
  }
  const room = request.maxOutputTokens - thoughts;
  if (fault === "max-tokens" || room < tokensOf(request)) {
    return { candidates: ended("MAX_TOKENS", []), thoughts: Math.min(thoughts, request.maxOutputTokens) };
  }
  const part = await picturePart(request, fault);
  const parts = fault === "two-images" ? [part, part] : [part];
  return { candidates: ended("STOP", [{ text: SAID }, ...parts]), pictures: parts.length, text: SAID, thoughts };
}

const tokensOf = ({ model, size }: DrawingRequest) => model.tokens[size] ?? 0;

async function picturePart(request: DrawingRequest, fault: Fault | null) {
  const { format } = request.model;
  const bytes = fault === "no-picture" ? Buffer.from("Sorry, no picture today.") : await drawn(request, fault);
  const mimeType = `image/${fault === "other-mime" ? "webp" : fault === "large-image" ? "png" : format}`;
  return { inlineData: { mimeType, data: bytes.toString("base64") } };
}

async function drawn(request: DrawingRequest, fault: Fault | null): Promise<Buffer> {
  const picture = sharp(await (request.base ? editPicture(request, request.base) : drawPicture(request)));
  // 16 bit and not compressed: 6 MB of 1K.
  if (fault === "large-image") return picture.toColourspace("rgb16").png({ compressionLevel: 0 }).toBuffer();
  return request.model.format === "png" ? picture.png().toBuffer() : picture.jpeg({ quality: 92 }).toBuffer();
}

function usageOf(request: DrawingRequest, made: { pictures: number; text: string; thoughts: number }) {
  const prompt = request.tokens.text + request.tokens.image;
  const [image, text] = [made.pictures * tokensOf(request), textTokens(made.text)];
  const { thoughts } = made;
  return {
    promptTokenCount: prompt,
    ...(image + text > 0 && { candidatesTokenCount: image + text }),
    ...(thoughts > 0 && { thoughtsTokenCount: thoughts }),
    totalTokenCount: prompt + image + text + thoughts,
    promptTokensDetails: tokenDetails(request.tokens),
    // What of the answer is text Gemini leaves out.
    ...(image > 0 && { candidatesTokensDetails: [{ modality: "IMAGE", tokenCount: image }] }),
  };
}
