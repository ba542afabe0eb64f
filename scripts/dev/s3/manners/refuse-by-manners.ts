import { S3Error } from "../wire/s3-error";
import type { S3Request } from "../wire/s3-request";
import type { Manners } from "./manners";

/** @throws what the store answers to a request that it does not take */
export function refuseByManners({ refusedOperations, refusedHeaders }: Manners, request: S3Request) {
  const refused = [
    refusedOperations[request.operation],
    ...Object.keys(request.headers).map((name) => refusedHeaders[`${request.method} ${name}`]),
  ].find((refusal) => refusal !== undefined);
  if (refused) throw new S3Error(refused.code, refused.message);
}
