import { addRun, ago, mina, type OldItem } from "./add-run";
import type { Insert } from "./insert";
import { type OldImage, ROOT } from "./old-images";

const action = { lane: 0, ...mina };
const facts = (...of: [label: string, value: string][]) => of.map(([label, value]) => ({ label, value }));
const toSummary = (summary: object) => ({ summary: JSON.stringify(summary) });

/** How far the move of an object got: `copied` is compared and its row switched, while the source still stands. */
type Moved = { image: OldImage; from: string; to: string; got: "done" | "copied" | "nowhere" };

/** Group actions: carried out, refused, carried out and undone, cut off between two objects and within one, and planned only. */
export function addMoves(insert: Insert, images: OldImage[]): void {
  const image = (id: number) => {
    const found = images.find((one) => one.id === id);
    if (!found) throw new Error(`There is no image ${id}.`);
    return found;
  };
  const between = (id: number, name: string, [from, to]: [string, string], got: Moved["got"]): Moved => ({
    image: image(id),
    from: `${ROOT}${from}/${name}`,
    to: `${ROOT}${to}/${name}`,
    got,
  });
  const rename = (group: string, name: string) => ({
    kind: "rename-group",
    title: `Rename ${group} to ${name}`,
    payload: JSON.stringify({ root: "Model", group, name }),
    ...action,
  });
  const summary = toSummary({ bytes: 300, s3Calls: 20, facts: facts(["Reference image afterwards", "reference.png"]) });

  const renamed: [string, string] = ["front_neutral", "front_cool"];
  addMove(insert, { id: 5, ...rename(...renamed), status: "succeeded", ...summary }, 300, [
    between(18, "02.png", renamed, "done"),
    between(17, "reference.png", renamed, "done"),
  ]);

  const refusal = "A group cannot be called “front_warm-2”: not “angle_tone”: no tone called “warm-2”.";
  const failed = { status: "failed", errorClass: "invalid", error: refusal };
  addRun(insert, { id: 6, ...rename("front_cool", "front_warm-2"), ...failed }, { minutes: 290, items: [] });

  const move = { kind: "move-images", ...action, status: "succeeded" };
  const payload = JSON.stringify({ root: "Model", keys: [`${ROOT}profile_cool/02.png`], to: "profile_neutral" });
  const there: [string, string] = ["profile_cool", "profile_neutral"];
  const title = "Move “02.png” to profile_neutral";
  addMove(insert, { id: 7, ...move, title, payload, ...summary }, 280, [between(23, "02.png", there, "done")]);
  const undone = toSummary({ facts: facts(["Puts back what run 7 changed", "1 of 1"]) });
  addMove(insert, { id: 8, ...move, title: `Undo of ${title}`, payload, undoOfId: 7, ...undone }, 270, [
    between(23, "02.png", ["profile_neutral", "profile_cool"], "done"),
  ]);

  const underWay: [string, string] = ["back_neutral", "back_warm"];
  addMove(insert, { id: 10, ...rename(...underWay), status: "running", autoApply: 1, ...summary }, 2, [
    between(19, "02.png", underWay, "done"),
    between(20, "03.png", underWay, "copied"),
    between(21, "reference.png", underWay, "nowhere"),
  ]);

  const notes = image(7);
  const planned = {
    kind: "quarantine-objects",
    title: "Quarantine “notes.txt”",
    payload: JSON.stringify({ root: "Model", keys: [notes.key] }),
    ...action,
    ...toSummary({ bytes: notes.picture.bytes, s3Calls: 7, facts: facts(["Goes to", "trash/run-12/"]) }),
  };
  addMove(insert, { id: 12, ...planned, status: "planned" }, 5, [
    { image: notes, from: notes.key, to: `trash/run-12/${notes.key}`, got: "nowhere" },
  ]);
}

function addMove(insert: Insert, run: Parameters<typeof addRun>[1], minutes: number, moves: Moved[]): void {
  const items = moves.map(({ image: { picture }, from, to, got }): OldItem => {
    const { etag, bytes } = picture;
    const item = {
      subject: from,
      etag,
      before: JSON.stringify({ key: from, etag, bytes }),
      target: JSON.stringify({ key: to }),
    };
    return got === "done" ? { ...item, outcome: "succeeded", after: JSON.stringify({ key: to, etag, bytes }) } : item;
  });
  addRun(insert, run, { minutes, items });
  moves.forEach(({ image: { picture }, from, to, got }, seq) => {
    if (got === "nowhere") return;
    const { etag, sha256, bytes } = picture;
    insert("ObjectMove", {
      runId: run.id,
      seq,
      from,
      to,
      fromEtag: etag,
      sha256,
      bytes,
      toEtag: etag,
      startedAt: ago(minutes) + 2_000,
      finishedAt: got === "done" ? ago(minutes) + 4_000 : null,
    });
  });
}
