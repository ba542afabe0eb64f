import type { Manners } from "./manners";
import { S3Error } from "./s3-error";
import type { S3Request } from "./s3-request";

/** @throws what the store answers to a request that it does not take */
export function refuseByManners({ refusedOperations, refusedHeaders }: Manners, request: S3Request) {
  const refused = [
    refusedOperations[request.operation],
    ...Object.keys(request.headers).map((name) => refusedHeaders[`${request.method} ${name}`]),
  ].find((refusal) => refusal !== undefined);
  if (refused) throw new S3Error(refused.code, refused.message);
}
