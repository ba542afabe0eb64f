import { onTestFinished } from "vitest";
import { type LocalGoogle, startGoogle } from "../../scripts/dev/google/google";

/** A local Google of this test's own on a free port; gone when the test is over. It knows the client of the local environment. */
export async function startTestGoogle(options: { now?: () => Date } = {}): Promise<LocalGoogle> {
  const google = await startGoogle({ port: 0, clientId: "diffs-ops", clientSecret: "local-secret", ...options });
  onTestFinished(() => google.close());
  return google;
}
