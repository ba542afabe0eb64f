import type { Form, Rendering } from "~/features/images/pixels/rendering/render-image.server";
import type { FromChild, ToChild } from "./messages";
import { residentBytes } from "./resident-bytes.server";
import { keepRunningFor, startChild } from "./start-child.server";

/** The largest pictures take 3 to 4 s of a processor; what takes so much longer is built to, or the machine has no time for it. */
export const DECODE_SECONDS = 20;

/**
 * What a child may hold beside its picture: it holds 90 MiB when it has just started, and what the allocator keeps of former
 * pictures.
 */
const BESIDE_THE_PICTURE_BYTES = 384 * 1024 * 1024;
/** How often its size is looked at. A decoder that runs wild fills some 1 GiB a second. */
const LOOK_EVERY_MS = 100;

/** Why a child was gone before it had answered: its time or its memory was up, or it ended for a reason of its own. */
export type GaveUp = { gaveUp: "time" | "memory" | "child" };

type Asked = {
  signal?: AbortSignal | undefined;
  /** Waits until there is room for so many bytes, and holds them while `work` goes on. */
  withMemory<T>(bytes: number, work: () => Promise<T>): Promise<T>;
};

export type Decoder = {
  pid: number;
  isAlive(): boolean;
  /**
   * One picture at a time. Whatever goes wrong with the child is an answer.
   * @throws the signal's reason once that is aborted; the child is gone then
   * @throws Error when the child could not be started at all, which says nothing of the picture
   */
  render(bytes: Buffer, form: Form, asked: Asked): Promise<Rendering | GaveUp>;
  /** What it holds, in bytes. */
  size(): Promise<number>;
  kill(): void;
};

/**
 * A child that waits for pictures. It keeps no process running by itself, and ends with this one.
 * @param limits of one picture: how long it may take, and what the child may hold beside it, in bytes
 */
export function startDecoder({ seconds = DECODE_SECONDS, besideBytes = BESIDE_THE_PICTURE_BYTES } = {}): Decoder {
  const child = startChild();
  const pid = child.process.pid ?? 0;
  let isAlive = true;
  let onEnd = () => {};
  for (const event of ["exit", "error"]) {
    child.process.once(event, () => {
      isAlive = false;
      onEnd();
    });
  }
  const kill = () => {
    // Its exit is told only later, once the system has taken its memory back; it is given no picture until then.
    isAlive = false;
    child.process.kill("SIGKILL");
  };

  /** Says something and waits for what the child says to it; rejects with the signal's reason once that is aborted. */
  function ask(message: ToChild, bytes: Buffer | null, signal: AbortSignal): Promise<FromChild> {
    return new Promise((resolve, reject) => {
      const hear = (answer: FromChild) => {
        signal.removeEventListener("abort", stop);
        resolve(answer);
      };
      const stop = () => {
        child.process.off("message", hear);
        reject(signal.reason);
      };
      if (signal.aborted) return stop();
      child.process.once("message", hear);
      signal.addEventListener("abort", stop, { once: true });
      child.process.send(message, () => {});
      if (bytes) child.stdin.write(bytes);
    });
  }

  return {
    pid,
    isAlive: () => isAlive,
    size: () => residentBytes(pid),
    kill,
    async render(bytes, form, { signal, withMemory }) {
      signal?.throwIfAborted();
      const stopped = new AbortController();
      const giveUp = (gaveUp: GaveUp["gaveUp"]) => stopped.abort({ gaveUp } satisfies GaveUp);
      const callOff = () => stopped.abort(signal?.reason);
      signal?.addEventListener("abort", callOff, { once: true });
      stopped.signal.addEventListener("abort", kill, { once: true });
      onEnd = () => giveUp("child");
      if (!isAlive) giveUp("child");
      keepRunningFor(child.process, true);

      /** Within the time and the memory that a picture has. */
      async function askInTime(message: ToChild, mayHold: number, sent: Buffer | null) {
        let isOver = false;
        const late = setTimeout(() => giveUp("time"), seconds * 1_000);
        const look = setInterval(async () => {
          const holds = await residentBytes(pid);
          // A look may take long where the machine is busy: then it saw what the next step, or the next picture, holds.
          if (!isOver && holds > mayHold + bytes.length + besideBytes) giveUp("memory");
        }, LOOK_EVERY_MS);
        try {
          return await ask(message, sent, stopped.signal);
        } finally {
          isOver = true;
          clearTimeout(late);
          clearInterval(look);
        }
      }
      try {
        // Starting is no time of the picture's, and a child that does not start is no fault of it.
        if (!(await child.hasStarted)) {
          signal?.throwIfAborted();
          throw new Error("The program that decodes images did not start.");
        }
        const opened = await askInTime({ form, length: bytes.length }, 0, bytes);
        if ("image" in opened) return opened.image;
        const decoded = await withMemory(opened.needs, () => askInTime("decode", opened.needs, null));
        if ("image" in decoded) return decoded.image;
        throw new Error("A decoder asked twice for memory.");
      } catch (error) {
        if (isGivenUp(error)) return error;
        throw error;
      } finally {
        onEnd = () => {};
        signal?.removeEventListener("abort", callOff);
        keepRunningFor(child.process, false);
      }
    },
  };
}

const isGivenUp = (error: unknown): error is GaveUp => typeof error === "object" && error !== null && "gaveUp" in error;
