import { GetObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { Clock } from "~/ports/clock.server";
import { quoteKey } from "~/quote";
import type { Connection } from "./connection.server";
import type { PresignOptions } from "./types";

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

/** encodeURIComponent leaves four characters alone that a header's extended value must not hold. */
const encodeRfc5987 = (text: string) =>
  encodeURIComponent(text).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
