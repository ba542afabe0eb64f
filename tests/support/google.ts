import { onTestFinished } from "vitest";
import { type LocalGoogle, startGoogle } from "../../scripts/dev/google";

/** The client that the local Google of a test knows. */
export const testClient = { clientId: "diffs-ops", clientSecret: "local-secret" };

/** A local Google of this test's own on a free port; gone when the test is over. */
export async function startTestGoogle(): Promise<LocalGoogle> {
  const google = await startGoogle({ port: 0, ...testClient });
  onTestFinished(() => google.close());
  return google;
}
