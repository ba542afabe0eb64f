import { isKnownError } from "~/features/known-error";
import type { AbilityLine } from "~/features/storage/explain-abilities";
import type { Env } from "~/ports/env.server";
import { createStorage } from "~/ports/index.server";
import { good } from "./check-services";

/** Whether the page Ingest can put files into the bucket, asked as a browser asks. All else works without, so it is no fault. */
export async function checkUploads(env: Env): Promise<AbilityLine> {
  const { origin } = new URL(env.PUBLIC_URL);
  const tried = { name: "Uploads", tried: `Ask whether pages of ${origin} may put objects (CORS)` };
  const means = `The page Ingest cannot upload files. Let the bucket's CORS admit PUT from ${origin}; docs/operations.md, “Bringing images in”, shows how.`;
  try {
    if (await createStorage(env).admitsPages(origin)) return good(tried, "They may");
    return { ...tried, does: "They may not", means, todo: null, tone: "warn" };
  } catch (error) {
    if (!isKnownError(error, "StorageError")) throw error;
    return {
      ...tried,
      does: error.message,
      means: "Whether the page Ingest can upload files is not known.",
      todo: null,
      tone: "warn",
    };
  }
}
