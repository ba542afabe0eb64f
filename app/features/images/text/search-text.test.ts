import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { matcherOf, toIndexWords, toMatchQuery } from "./search-text";

const texts = {
  warm: "references/01. Model/front_warm/reference.png",
  cafe: "uploads/u-1/2026/11/café crème.jpg",
  korean: "generated/u-2/2026/11/서울 강남 카페.png",
  japanese: "uploads/u-3/2026/11/東京タワー.png",
  chinese: "uploads/u-3/2026/11/北京故宫.webp",
  mixed: "uploads/u-5/photo서울2.png",
  hindi: "uploads/u-6/हिन्दी.png",
  percent: 'generated/u-4/2026/11/100%_"off"*.png',
};

function search(question: string): string[] {
  const db = new Database(":memory:");
  db.exec(
    `CREATE VIRTUAL TABLE t USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='2 3')`,
  );
  const names = Object.keys(texts);
  Object.values(texts).forEach((text, at) => {
    db.prepare("INSERT INTO t(rowid, words) VALUES (?, ?)").run(at, toIndexWords(text).join(" "));
  });
  const match = toMatchQuery(question);
  const rows = match === null ? [] : db.prepare("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid").all(match);
  db.close();
  return rows.map((row) => names[(row as { rowid: number }).rowid] ?? "");
}

test.each([
  ["warm", ["warm"]],
  ["front_warm", ["warm"]],
  ["front wa", ["warm"]],
  ["CAFE", ["cafe"]],
  ["café", ["cafe"]],
  ["cafe\u0301 creme", ["cafe"]],
  ["서울", ["korean", "mixed"]],
  ["photo", ["mixed"]],
  ["photo서울", ["mixed"]],
  ["हिन्दी", ["hindi"]],
  ["강남", ["korean"]],
  ["남", ["korean"]],
  ["서울 카페", ["korean"]],
  ["東京", ["japanese"]],
  ["京タ", ["japanese"]],
  ["京", ["japanese", "chinese"]],
  ["故宫", ["chinese"]],
  ["%", ["percent"]],
  ["100%", ["percent"]],
  ['"off"*', ["percent"]],
  ["2026", ["cafe", "korean", "japanese", "chinese", "percent"]],
  ["warm NOT front", []],
  ["warm*", []],
  ["(warm OR", []],
  ["NEAR(", []],
])("%s finds %j", (question, found) => {
  expect(search(question)).toEqual(found);
  const matches = matcherOf(question);
  expect(Object.entries(texts).flatMap(([name, text]) => (matches(text) ? [name] : []))).toEqual(found);
});

test.each(["", " ", "/", "._-"])("“%s” asks for nothing", (question) => {
  expect(toMatchQuery(question)).toBeNull();
});
