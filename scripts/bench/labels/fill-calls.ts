import Database from "better-sqlite3";

/** The job run of the label run. */
export const RUN = 1;
const START = 1_764_000_000_000;
const GROUPS = 200;

/**
 * Fills a migrated database with one label run that asked about so many images of 200 groups: a call each, of which one in a
 * hundred was refused, items, and labels of two attributes.
 */
export function fillCalls(file: string, calls: number): void {
  const db = new Database(file);
  db.pragma("synchronous = OFF");
  const image = db.prepare(
    `INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "modifiedAt", "createdAt") VALUES (?, ?, 'e', 100000, 'reference', 0, 0)`,
  );
  const item = db.prepare(
    `INSERT INTO "JobItem" ("runId", "seq", "subject", "outcome") VALUES (${RUN}, ?, ?, 'succeeded')`,
  );
  const call = db.prepare(
    `INSERT INTO "ModelCall" ("labelRunId", "imageId", "requestHash", "model", "modelVersion", "reservedUsd", "usd", "outcome",
       "reasonCode", "finishMessage", "rawResponse", "promptTokens", "imageTokens", "outputTokens", "createdAt", "finishedAt")
     VALUES (1, ?, ?, 'gemini-3.5-flash-lite', 'gemini-3.5-flash-lite', 0.004, 0.001, ?, ?, NULL, ?, 1300, 258, 90, ?, ?)`,
  );
  const label = db.prepare(
    `INSERT INTO "Label" ("imageId", "attribute", "value", "etag", "source", "acceptedBy", "acceptedAt", "labelRunId", "confidence", "folder")
     VALUES (?, ?, ?, 'e', 'model', 'operator:1', ${START}, 1, 0.87, 'front_warm')`,
  );
  const raw = JSON.stringify({ candidates: [{ content: { parts: [{ text: "x".repeat(1_000) }] } }] });
  db.transaction(() => {
    db.exec(`
      INSERT INTO "PromptVersion" ("id", "name", "version", "hash", "instructions", "attributes", "settings", "examples", "createdAt")
      VALUES (1, 'Personas', 1, 'h', 'Label it.', '{}', '{"model":"gemini-3.5-flash-lite","maxOutputTokens":512,"imageEdge":768}', '[]', ${START});
      INSERT INTO "JobRun" ("id", "kind", "title", "lane", "status", "payload", "planned", "actor", "actorName", "createdAt", "startedAt", "finishedAt")
      VALUES (${RUN}, 'label-run', 'Label run', 0, 'succeeded', '{}', ${calls}, 'script:bench', 'Bench', ${START}, ${START}, ${START + calls * 10});
      INSERT INTO "LabelRun" ("id", "jobRunId", "promptVersionId", "scope", "createdAt")
      VALUES (1, ${RUN}, 1, '{"root":"Model","only":"all","prompt":"Personas"}', ${START});`);
    for (let id = 1; id <= calls; id++) {
      image.run(id, `references/01. Model/group-${id % GROUPS}/${String(id).padStart(7, "0")}.png`);
      item.run(id - 1, String(id));
      const isRefused = id % 100 === 0;
      const at = START + id * 10;
      call.run(id, `q${id}`, isRefused ? "refused" : "labelled", isRefused ? "IMAGE_SAFETY" : null, raw, at, at + 900);
      label.run(id, "tone", "warm");
      label.run(id, "angle", "front");
    }
  })();
  db.close();
}
