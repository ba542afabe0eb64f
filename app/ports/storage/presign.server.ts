import { GetObjectCommand, UploadPartCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { Clock } from "~/ports/clock.server";
import { quoteKey } from "~/quote";
import type { Connection } from "./connection.server";
import type { PresignOptions, Storage } from "./types";
import { uploadToRequest } from "./uploads.server";

/** Signed as of the start of the window and for two of them, so that the link is one and the same within a window. */
export async function presignGet(
  { client, bucket, attempt }: Connection,
  clock: Clock,
  key: string,
  { windowSeconds = 3_600, download, contentType, keepAs }: PresignOptions = {},
): Promise<string> {
  const windowMs = windowSeconds * 1_000;
  const windowStart = new Date(Math.floor(clock.now().getTime() / windowMs) * windowMs);
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: key,
    ResponseContentType: contentType,
    // A directive that browsers do not know is no matter to them, and stores repeat it: it only tells links apart.
    ResponseCacheControl:
      keepAs && `private, max-age=${windowSeconds}, immutable, bytes="${encodeURIComponent(keepAs)}"`,
    ResponseContentDisposition: download && `attachment; filename*=UTF-8''${encodeRfc5987(download)}`,
  });
  return await attempt(`sign a link to ${quoteKey(key)}`, undefined, () =>
    getSignedUrl(client, command, { signingDate: windowStart, expiresIn: 2 * windowSeconds }),
  );
}

/** The number of bytes is signed, so that no more arrive than were agreed on. */
export async function presignPart(
  connection: Connection,
  clock: Clock,
  ...[upload, { number, bytes, seconds }]: Parameters<Storage["presignPart"]>
): Promise<string> {
  const { client, attempt } = connection;
  const target = uploadToRequest(connection, upload);
  const command = new UploadPartCommand({ ...target, PartNumber: number, ContentLength: bytes });
  return await attempt(`sign a part of ${quoteKey(upload.key)}`, undefined, () =>
    getSignedUrl(client, command, { signingDate: clock.now(), expiresIn: seconds }),
  );
}

/** encodeURIComponent leaves four characters alone that a header's extended value must not hold. */
const encodeRfc5987 = (text: string) =>
  encodeURIComponent(text).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
