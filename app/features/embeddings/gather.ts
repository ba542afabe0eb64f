/** One that will join a batch, once it is ready. */
export type Place<Member, Result> = {
  /** Waits for the batch that it goes with, and what became of it there. */
  join(member: Member, signal: AbortSignal): Promise<Result>;
  /** It does not join, or has joined: no one waits for it. */
  leave(): void;
};

type Waiting<Member, Result> = {
  member: Member;
  resolve(result: Result): void;
  reject(error: unknown): void;
};

/**
 * Makes batches of what is ready at about the same time: one is carried out once it is full, or once no one is left who could
 * still join it. No clock is asked, so that nothing waits for nobody.
 * @param most how many go together
 * @param carryOut gives a result for each, in their order
 */
export function createGathering<Member, Result>(most: number, carryOut: (members: Member[]) => Promise<Result[]>) {
  let preparing = 0;
  let waiting: Waiting<Member, Result>[] = [];

  function send() {
    while (waiting.length >= most || (waiting.length > 0 && preparing === 0)) {
      const batch = waiting.splice(0, most);
      carryOut(batch.map(({ member }) => member)).then(
        (results) =>
          batch.forEach(({ resolve, reject }, at) => {
            const result = results[at];
            if (result === undefined)
              reject(new Error(`A batch of ${batch.length} came to ${results.length} results.`));
            else resolve(result);
          }),
        (error: unknown) => {
          for (const { reject } of batch) reject(error);
        },
      );
    }
  }

  return {
    begin(): Place<Member, Result> {
      preparing++;
      let isPreparing = true;
      const leave = () => {
        if (!isPreparing) return;
        isPreparing = false;
        preparing--;
        send();
      };
      return {
        leave,
        join(member, signal) {
          return new Promise((resolve, reject) => {
            signal.throwIfAborted();
            const one = { member, resolve, reject };
            waiting.push(one);
            const giveUp = () => {
              // One whose batch is under way ends with it; no one hears of that.
              waiting = waiting.filter((other) => other !== one);
              reject(signal.reason);
            };
            signal.addEventListener("abort", giveUp, { once: true });
            leave();
          });
        },
      };
    },
  };
}
