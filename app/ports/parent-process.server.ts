import { setImmediate } from "node:timers/promises";

/**
 * For a process that another one started with an IPC channel, as the demo does: it goes when that one does, however that
 * ended. Without a channel nothing is called.
 * @param leave called once when the parent goes
 * @returns whether it is gone already
 */
export async function watchParent(leave: () => void): Promise<boolean> {
  if (process.connected === false) return true;
  let isGone = false;
  process.once("disconnect", () => {
    isGone = true;
    leave();
  });
  // Of what happened while the modules were loaded, Node 22 and later tell only now, by an event of the loop's next turn.
  await setImmediate();
  return isGone;
}
