import type { Manners } from "./manners.ts";
import { S3Error } from "./s3-error.ts";
import type { S3Request } from "./s3-request.ts";

/** @throws what the store answers to a request that it does not take */
export function refuseByManners({ refusedOperations, refusedHeaders }: Manners, request: S3Request) {
  const refused = [
    refusedOperations[request.operation],
    ...Object.keys(request.headers).map((name) => refusedHeaders[`${request.method} ${name}`]),
  ].find((refusal) => refusal !== undefined);
  if (refused) throw new S3Error(refused.code, refused.message);
}
