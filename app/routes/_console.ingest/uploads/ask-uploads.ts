import type { BegunUpload } from "~/features/ingest/uploads/begin-upload.server";
import type { UploadFile } from "~/features/ingest/uploads/upload-file";

/** Why a step was not taken; what passes may be tried again. */
export class StepFailed extends Error {
  override name = "StepFailed";
  constructor(
    message: string,
    readonly isPassing: boolean,
  ) {
    super(message);
  }
}

type Steps = {
  begin: { fields: UploadFile; answer: BegunUpload };
  sign: { fields: { id: number; number: number }; answer: { link: string } };
  complete: { fields: { id: number }; answer: object };
  discard: { fields: { id: number }; answer: object };
};

/** Has the console take a step of an upload. @throws StepFailed */
export async function askUploads<Step extends keyof Steps>(
  intent: Step,
  fields: Steps[Step]["fields"],
  signal?: AbortSignal,
): Promise<Steps[Step]["answer"]> {
  const body = new URLSearchParams([
    ["intent", intent],
    ...Object.entries(fields).map(([name, value]) => [name, String(value)]),
  ]);
  const answer = await fetch("/uploads", { method: "POST", body, redirect: "manual", signal: signal ?? null }).catch(
    () => {
      signal?.throwIfAborted();
      throw new StepFailed("The console does not answer.", true);
    },
  );
  if (answer.ok) return answer.json();
  if (answer.type === "opaqueredirect") {
    throw new StepFailed("Your session has ended. Sign in again, then choose the file once more.", false);
  }
  const text = await answer.text().catch(() => "");
  const isSentence = answer.headers.get("Content-Type")?.startsWith("text/plain") === true && text !== "";
  throw new StepFailed(isSentence ? text : "The console had a problem.", answer.status >= 500);
}
