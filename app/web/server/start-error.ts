/** A reason not to start that one sentence explains. */
export class StartError extends Error {
  override name = "StartError";
}
