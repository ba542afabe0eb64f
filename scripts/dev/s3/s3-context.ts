import type { Manners } from "./manners/manners";
import type { BodyStore } from "./objects/body-store";
import type { ObjectIndex } from "./objects/object-index";
import type { Reply, S3Request } from "./wire/s3-request";

export type S3Context = { index: ObjectIndex; bodies: BodyStore; manners: Manners };

/** `payload` is what the signature says of the body: a SHA-256, UNSIGNED-PAYLOAD or STREAMING-… */
export type Operation = (context: S3Context, request: S3Request, payload: string) => Reply | Promise<Reply>;
