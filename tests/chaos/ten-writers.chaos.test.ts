import { expect, test } from "vitest";
import { raceForOneKey } from "./ten-writers";

const ROUNDS = 200;

/** S3_CONTRACT_ENDPOINT (tests/support/test-store.ts) names a real store; without it the local one plays Ceph. */
const store = process.env.S3_CONTRACT_ENDPOINT ? "real-versioned" : "ceph-versioned";

test(
  `ten writers go for one key on ${store}, ${ROUNDS} times`,
  async () => {
    const { moved, foundBefore, foundAfter } = await raceForOneKey(store, ROUNDS);
    console.log(
      `${ROUNDS} rounds on ${store}: ${moved} moved, ${foundBefore} found someone's object before their put, ` +
        `${foundAfter} by the look after it; every foreign object reachable`,
    );
    expect(moved + foundBefore + foundAfter).toBe(ROUNDS);
    expect(foundAfter).toBeGreaterThan(0);
  },
  30 * 60_000,
);
