import { z } from "zod";
import type { S3Request } from "../wire/s3-request";

const which = {
  /** An operation's name: "PutObject". */
  operation: z.string().optional(),
  method: z.string().optional(),
  /** A regular expression; fits anywhere in the key. */
  keyPattern: z.string().optional(),
  /** For how many requests; for all unless given. */
  times: z.number().int().positive().optional(),
  /** Only each so manyth of them, so that one that is asked again goes through; each unless given. */
  every: z.number().int().min(2).optional(),
};

/** One way to go wrong, for the requests that it names (all, if it names none). The first that fits is taken. */
export const faultSchema = z.union([
  /** Answers with this status instead of doing anything. */
  z.strictObject({ ...which, status: z.number().int().min(300).max(599), code: z.string().optional() }),
  /** Never answers, and does nothing. */
  z.strictObject({ ...which, hang: z.literal(true) }),
  /** Closes the connection after half of the answer's body. */
  z.strictObject({ ...which, cutBody: z.literal(true) }),
  /** Does what was asked, then closes the connection instead of answering. */
  z.strictObject({ ...which, loseAnswer: z.literal(true) }),
  /**
   * A page of a listing (V2) that shows nothing and is not the last, as a versioned bucket answers where a thousand delete
   * markers follow each other. Its token leads to what it ought to have shown; give `times`, or no listing ever ends.
   */
  z.strictObject({ ...which, emptyPage: z.literal(true) }),
  /** Answers with the first text that fits this regular expression in an XML body replaced. */
  z.strictObject({ ...which, pattern: z.string(), replacement: z.string() }),
  /** Answers without this header (in lower case). */
  z.strictObject({ ...which, withoutHeader: z.string() }),
  /** Answers with these headers (in lower case) beside its own. */
  z.strictObject({ ...which, withHeaders: z.record(z.string(), z.string()) }),
  /** Answers 200 with this error's code in the body, and does nothing: CopyObject and CompleteMultipartUpload can end so. */
  z.strictObject({ ...which, errorInside: z.string() }),
  /** Answers this much later. */
  z.strictObject({ ...which, delayMs: z.number().positive() }),
]);

export type Fault = z.input<typeof faultSchema>;

/** The faults in force. Taking one uses up one of its times. */
export function createFaults() {
  let faults: { fault: Fault; fitted: number; left: number }[] = [];
  return {
    set(next: Fault[]) {
      const parsed = z.array(faultSchema).parse(next);
      faults = parsed.map((fault) => ({ fault, fitted: 0, left: fault.times ?? Number.POSITIVE_INFINITY }));
    },
    take(request: Pick<S3Request, "operation" | "method" | "key">): Fault | undefined {
      const taken = faults.find((one) => {
        if (one.left === 0 || !fits(one.fault, request)) return false;
        one.fitted += 1;
        return one.fitted % (one.fault.every ?? 1) === 0;
      });
      if (taken) taken.left -= 1;
      return taken?.fault;
    },
  };
}

const fits = (fault: Fault, { operation, method, key }: Pick<S3Request, "operation" | "method" | "key">): boolean =>
  (!("emptyPage" in fault) || operation === "ListObjectsV2") &&
  (fault.operation === undefined || fault.operation === operation) &&
  (fault.method === undefined || fault.method === method) &&
  (fault.keyPattern === undefined || new RegExp(fault.keyPattern).test(key));
