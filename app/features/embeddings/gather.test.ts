import { expect, test } from "vitest";
import { createGathering } from "./gather";

const never = new AbortController().signal;

function openGathering() {
  const batches: number[][] = [];
  const gathering = createGathering<number, string>(3, async (members) => {
    batches.push(members);
    return members.map((member) => `done ${member}`);
  });
  return { batches, ...gathering };
}

test("those that are ready together go together, as many as may", async () => {
  const { batches, begin } = openGathering();
  const places = [1, 2, 3, 4, 5].map((member) => ({ member, place: begin() }));
  const results = await Promise.all(places.map(({ member, place }) => place.join(member, never)));
  expect(batches).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
  expect(results).toEqual([1, 2, 3, 4, 5].map((member) => `done ${member}`));
});

test("one is waited for that is not ready yet, and not once it has left", async () => {
  const { batches, begin } = openGathering();
  const [ready, late] = [begin(), begin()];
  const joined = ready.join(1, never);
  expect(batches).toEqual([]);
  late.leave();
  late.leave();
  expect(await joined).toBe("done 1");
});

test("one that gives up while it waits is in no batch, and keeps no other back", async () => {
  const { batches, begin } = openGathering();
  const [one, other, late] = [begin(), begin(), begin()];
  const giveUp = new AbortController();
  const given = one.join(1, giveUp.signal);
  const kept = other.join(2, never);
  giveUp.abort(new Error("told to stop"));
  await expect(given).rejects.toThrow("told to stop");
  late.leave();
  expect(await kept).toBe("done 2");
  expect(batches).toEqual([[2]]);
});

test("what ends a batch ends each of it", async () => {
  const { begin } = createGathering<number, string>(2, () => Promise.reject(new Error("the database is away")));
  const places = [begin(), begin()];
  for (const end of await Promise.allSettled(places.map((place, member) => place.join(member, never)))) {
    expect(end).toMatchObject({ status: "rejected", reason: new Error("the database is away") });
  }
});
