const causes: Record<string, string> = {
  ENOTFOUND: "there is no such name",
  EAI_AGAIN: "its name could not be looked up",
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "it ended the connection",
  UND_ERR_SOCKET: "it ended the connection",
  ETIMEDOUT: "it did not answer",
  UND_ERR_CONNECT_TIMEOUT: "it did not answer",
  EHOSTUNREACH: "there is no way to it",
  ENETUNREACH: "there is no way to it",
};

const CERTIFICATE = /CERT|SIGNATURE|ALTNAME/;

/** Whether a certificate stood in the way: waiting does not help. */
export const isCertificateFailure = (error: unknown) => CERTIFICATE.test(codeOf(error) ?? "");

/** Why no answer came, in words, of which none are the error's own: those may hold the address. */
export function explainFailure(host: string, error: unknown): string {
  const code = codeOf(error);
  if (code === null) return `${host} could not be reached.`;
  const why = causes[code] ?? otherCause(code);
  return `${host} could not be reached: ${why === null ? code : `${why} (${code})`}.`;
}

function otherCause(code: string): string | null {
  if (CERTIFICATE.test(code)) return "its certificate is not accepted";
  if (code.startsWith("HPE_")) return "it does not answer in HTTP";
  return /^(ERR_SSL|EPROTO)/.test(code) ? "it does not speak TLS" : null;
}

/** fetch wraps what the connection said as its cause. */
function codeOf(error: unknown): string | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string" && /^[A-Z][A-Z0-9_]+$/.test(at.code)) return at.code;
  }
  return null;
}
