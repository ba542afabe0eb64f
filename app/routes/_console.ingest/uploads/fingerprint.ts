import type { UploadFile } from "~/features/ingest/uploads/upload-file";

/** By what a file is known again when it is chosen once more. */
export const fingerprint = ({ name, size, lastModified }: File): UploadFile => ({
  name,
  bytes: size,
  modifiedAt: Math.max(0, Math.trunc(lastModified)),
});

export const isSameFile = (one: UploadFile, other: UploadFile): boolean =>
  one.name === other.name && one.bytes === other.bytes && one.modifiedAt === other.modifiedAt;
