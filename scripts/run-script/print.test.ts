import { expect, test } from "vitest";
import { spellOut, toHarmlessJson } from "./print";

test.each([
  ["clears the screen", "a\u001b[2J.png", "a<U+001B>[2J.png", '{"key":"a\\u001b[2J.png"}'],
  ["colors by one character", "a\u009b31m.png", "a<U+009B>31m.png", '{"key":"a\\u009b31m.png"}'],
  ["turns the direction of writing", "a\u202egnp.exe", "a<U+202E>gnp.exe", '{"key":"a\\u202egnp.exe"}'],
  ["hides beyond 16 bits", "a\u{e0001}.png", "a<U+E0001>.png", '{"key":"a\\udb40\\udc01.png"}'],
  ["is only foreign", "モデル/é “1”.png", "モデル/é “1”.png", '{"key":"モデル/é “1”.png"}'],
])("a name that %s reaches no terminal as it is, and --json says it all the same", (_, key, text, json) => {
  expect(spellOut(`1 item\n${key}`)).toBe(`1 item\n${text}`);
  expect(toHarmlessJson({ key })).toBe(json);
  expect(JSON.parse(json)).toEqual({ key });
});
