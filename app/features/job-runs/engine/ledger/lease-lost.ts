/** Another worker took the work over, or the run was cancelled: stop, and write nothing more. */
export class LeaseLost extends Error {
  override name = "LeaseLost";
}
