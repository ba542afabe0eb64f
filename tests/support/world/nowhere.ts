import { systemClock } from "~/ports/clock.server";
import type { Settings } from "~/ports/env.server";
import type { Ports } from "~/ports/index.server";
import { createLog } from "~/ports/log.server";
import { systemMachine } from "~/ports/machine.server";
import { createModel } from "~/ports/model/model.server";
import { createOutside } from "~/ports/outside/outside.server";
import { createStorage } from "~/ports/storage.server";
import { openTestDb } from "../db";

/** No one listens here: a kind that touched S3 or the model would fail. */
const NOWHERE = "http://127.0.0.1:9";

const settingsNowhere: Settings = {
  GOOGLE_ISSUER: NOWHERE,
  MONTHLY_BUDGET_USD: undefined,
  STORAGE_PRICES_FILE: undefined,
  PUBLIC_URL: "https://ops.example",
  PUBLIC_ASSET_BASE_URL: undefined,
};

const modelNowhere = () => createModel({ GEMINI_API_KEY: "none", GEMINI_BASE_URL: NOWHERE, GEMINI_MODEL: "none" });

/** No name is known there. */
const outsideNowhere = () =>
  createOutside(
    { OUTSIDE_TEST_HOSTS: [] },
    { lookup: (_name, _options, tell) => tell(Object.assign(new Error("No names"), { code: "ENOTFOUND" }), []) },
  );

/** Ports around what a test has opened: their log is silent, and nothing that it did not open is reached. */
export const portsAround = (opened: Pick<Ports, "db" | "storage"> & Partial<Ports>): Ports => ({
  model: modelNowhere(),
  clock: systemClock,
  log: createLog("silent"),
  machine: systemMachine,
  settings: settingsNowhere,
  webhook: null,
  outside: outsideNowhere(),
  ...opened,
});

/** Ports of this test's own: a real database, a clock that `advance` moves, and S3 and the model pointing nowhere. */
export async function openTestPorts(): Promise<Ports & { advance(ms: number): void; file: string }> {
  const db = await openTestDb();
  let offset = 0;
  const storage = createStorage({
    S3_BUCKET: "nowhere",
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "none",
    AWS_SECRET_ACCESS_KEY: "none",
    AWS_ENDPOINT_URL_S3: NOWHERE,
    S3_FORCE_PATH_STYLE: true,
  });
  return {
    ...portsAround({ db, storage, clock: { now: () => new Date(Date.now() + offset) } }),
    db,
    file: db.file,
    advance: (ms) => {
      offset += ms;
    },
  };
}
