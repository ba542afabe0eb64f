import { DomainError } from "~/features/domain-error";
import type { Ports } from "~/ports/index.server";
import { findUpload } from "./find-upload.server";
import { partsOf } from "./upload-file";

/** A part is begun at once; how long it takes is no matter. */
const VALID_SECONDS = 300;

/** A link by which the browser puts one part into the bucket. @throws DomainError */
export async function signPart(
  { db, storage }: Pick<Ports, "db" | "storage">,
  { operatorId, id, number }: { operatorId: number; id: number; number: number },
): Promise<string> {
  const upload = await findUpload(db, { operatorId, id });
  const part = partsOf(upload).find((one) => one.number === number);
  if (!part) throw new DomainError("invalid", `The file has no part ${number}.`);
  return storage.presignPart(upload, { ...part, seconds: VALID_SECONDS });
}
