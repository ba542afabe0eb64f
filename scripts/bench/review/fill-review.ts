import Database from "better-sqlite3";

/** The job run of the label run that is reviewed. */
export const RUN = 1;

const values = {
  angle: ["front", "three-quarter", "profile", "back"],
  tone: ["warm", "neutral", "cool"],
  expression: ["neutral", "smiling", "serious", "other"],
  hairLength: ["short", "medium", "long", "covered"],
  wardrobe: ["casual", "formal", "sport", "other"],
  ageRange: ["child", "teen", "20s", "30s", "40s", "50s", "60s", "70+"],
};
const GROUPS = 12;
const AT = 1_764_000_000_000;

/**
 * Fills a migrated database with one finished label run of so many proposals, six an image. Six of ten have a present label, of
 * which a fifth is a person's and a third says what is proposed; images lie in the groups of the root “Model”.
 */
export function fillReview(file: string, proposals: number): void {
  const db = new Database(file);
  const random = seeded(7);
  const pick = <Value>(of: readonly Value[]) => of[Math.floor(random() * of.length)] as Value;
  const image = db.prepare(
    `INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "thumbnailEtag", "modifiedAt", "createdAt")
     VALUES (?, ?, ?, 100000, 'reference', ?, ${AT}, ${AT})`,
  );
  const call = db.prepare(
    `INSERT INTO "ModelCall" ("labelRunId", "imageId", "requestHash", "reservedUsd", "usd", "outcome", "answer", "rawResponse",
       "promptTokens", "imageTokens", "outputTokens", "createdAt", "finishedAt")
     VALUES (1, ?, ?, 0.004, 0.001, 'labelled', '{}', ?, 1300, 258, 90, ${AT}, ${AT})`,
  );
  const label = db.prepare(
    `INSERT INTO "Label" ("imageId", "attribute", "value", "etag", "source", "acceptedBy", "acceptedAt")
     VALUES (?, ?, ?, ?, ?, 'operator:1', ${AT})`,
  );
  const proposal = db.prepare(
    `INSERT INTO "Proposal" ("labelRunId", "imageId", "etag", "attribute", "value", "confidence", "createdAt")
     VALUES (1, ?, ?, ?, ?, ?, ${AT})`,
  );
  const raw = JSON.stringify({ candidates: [{ content: { parts: [{ text: "x".repeat(1_500) }] } }] });
  db.transaction(() => {
    db.exec(`
      INSERT INTO "JobRun" ("id", "kind", "title", "lane", "status", "payload", "planned", "actor", "actorName", "createdAt", "finishedAt")
      VALUES (${RUN}, 'label-run', 'Label run', 0, 'succeeded', '{}', ${Math.ceil(proposals / 6)}, 'script:bench', 'Bench', ${AT}, ${AT});
      INSERT INTO "LabelRun" ("id", "jobRunId", "scope", "createdAt")
      VALUES (1, ${RUN}, '{"root":"Model","only":"all","prompt":"Personas"}', ${AT});`);
    for (let id = 1, left = proposals; left > 0; id++) {
      const [angle, tone] = [values.angle[id % 4], values.tone[(id % GROUPS) % 3]];
      image.run(id, `references/01. Model/${angle}_${tone}/${String(id).padStart(7, "0")}.png`, `e${id}`, `e${id}`);
      call.run(id, `q${id}`, raw);
      for (const [attribute, of] of Object.entries(values)) {
        if (left-- <= 0) break;
        const value = pick(of);
        proposal.run(id, `e${id}`, attribute, value, Math.round(random() * 1_000) / 1_000);
        if (random() > 0.6) continue;
        label.run(id, attribute, random() < 0.33 ? value : pick(of), `e${id}`, random() < 0.2 ? "person" : "model");
      }
    }
  })();
  db.close();
}

/** Numbers from 0 to 1 that are the same each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 1;
    return state / 2 ** 31;
  };
}
