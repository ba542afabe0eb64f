import type { Part } from "@google/genai";

export type ModelImage = { bytes: Buffer; contentType: string };

export const imagePart = ({ bytes, contentType }: ModelImage): Part => ({
  inlineData: { data: bytes.toString("base64"), mimeType: contentType },
});
