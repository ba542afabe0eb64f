import type { Response } from "express";

/**
 * Waits until the client has taken what was written to it so far; @remix-run/express goes on writing whatever `write`
 * answers, so that the whole of a long file would lie in memory for a client that reads slowly. To be called before the
 * response is written.
 * @returns asks again at each call; false: the client is gone
 */
export function whenTaken(response: Response): () => Promise<boolean> {
  let isFull = false;
  let goOn = () => {};
  response.write = new Proxy(response.write, {
    apply(write, self, input) {
      const isTaken: unknown = Reflect.apply(write, self, input);
      isFull = isTaken === false;
      return isTaken;
    },
  });
  // Once for all waits: compression hands listeners on to its own stream, and does not take them back.
  for (const event of ["drain", "close"]) response.on(event, () => goOn());
  return async () => {
    if (isFull && !response.closed) {
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
    }
    isFull = false;
    return !response.closed;
  };
}
