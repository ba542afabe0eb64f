import { once } from "node:events";
import { keepRunningFor, startChild } from "~/features/images/pixels/apart/start-child.server";
import { type Frame, type FromBuilder, frameOf, type Task } from "./messages";

/**
 * Starts a process that builds an index, and ends with this one.
 * @throws Error when it does not start; the signal's reason once that is aborted, and the process is gone then
 */
export async function startBuilder(task: Task, signal: AbortSignal) {
  const child = startChild({ program: "app/features/similar-images/build/child.server.ts" });
  const kill = () => void child.process.kill("SIGKILL");
  signal.addEventListener("abort", kill, { once: true });
  if (signal.aborted) kill();
  const gone = once(child.process, "exit").then(([code, killedBy]) => {
    signal.throwIfAborted();
    throw new Error(`The process that builds an index ended by itself (${killedBy ?? code}).`);
  });
  gone.catch(() => {});

  /** What it says next, or why it is gone. */
  async function hear(): Promise<FromBuilder> {
    const heard = new AbortController();
    const message = once(child.process, "message", { signal: heard.signal }).then(([said]) => said as FromBuilder);
    message.catch(() => {});
    return Promise.race([message, gone]).finally(() => heard.abort());
  }

  keepRunningFor(child.process, true);
  if (!(await child.hasStarted)) {
    signal.throwIfAborted();
    throw new Error("The process that builds an index did not start.");
  }
  child.process.send(task, () => {});
  return {
    pid: child.process.pid,
    /** Adds rows. @returns once it has; only then it takes more, so that nothing is held twice. */
    async add(frame: Frame): Promise<FromBuilder> {
      const said = hear();
      child.stdin.write(frameOf(frame));
      return said;
    },
    end() {
      signal.removeEventListener("abort", kill);
      kill();
    },
  };
}
