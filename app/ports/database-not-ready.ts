/** Why a process does not start on its database, or does not go on with it: one sentence with what to do. */
export class DatabaseNotReady extends Error {
  override name = "DatabaseNotReady";
}
