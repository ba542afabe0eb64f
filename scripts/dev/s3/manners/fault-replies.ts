import type { Reply } from "../wire/s3-request";
import { xmlDocument } from "../wire/xml";
import type { Fault } from "./faults";

/** What a fault answers in place of the operation; undefined when the operation is carried out all the same. */
export function replyInstead(fault: Fault | undefined): Reply | undefined {
  if (fault && "status" in fault) {
    const { status, code = status === 503 ? "SlowDown" : "InternalError" } = fault;
    return errorReply(status, code, "A fault that was asked for.");
  }
  // S3 sends the headers of a long copy before it knows how the copy ends.
  if (fault && "errorInside" in fault) return errorReply(200, fault.errorInside, "A fault that was asked for.");
  return undefined;
}

/** What a fault makes of the operation's answer. */
export function changeReply(fault: Fault | undefined, reply: Reply): Reply {
  if (fault && "pattern" in fault && typeof reply.body === "string") {
    return { ...reply, body: reply.body.replace(new RegExp(fault.pattern, "s"), fault.replacement) };
  }
  if (fault && "withHeaders" in fault) return { ...reply, headers: { ...reply.headers, ...fault.withHeaders } };
  if (!fault || !("withoutHeader" in fault)) return reply;
  const { [fault.withoutHeader]: _, ...headers } = reply.headers ?? {};
  return { ...reply, headers };
}

/** The XML that S3 answers errors with. */
export const errorReply = (
  status: number,
  Code: string,
  Message: string,
  { resource = "", headers = {} }: { resource?: string; headers?: Record<string, string> } = {},
): Reply => ({
  status,
  headers: { ...headers, "content-type": "application/xml" },
  body: xmlDocument("Error", { Code, Message, Resource: resource, RequestId: "local" }),
});
