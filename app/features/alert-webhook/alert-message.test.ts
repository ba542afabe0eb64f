import { expect, test } from "vitest";
import { type AlertEvent, digestText, escapeText, eventText, greetingText } from "./alert-message";

const origin = "https://ops.example";
const event: AlertEvent = {
  ...{ id: 12, severity: "error", root: "Model", sentence: "“front_warm” lost its reference image." },
  ...{ openedAt: new Date("2026-11-30T10:00:00Z"), resolvedAt: null, link: "/attribute-groups/front_warm?root=Model" },
};

test.each<[string, AlertEvent, string[]]>([
  [
    "an error that opened",
    event,
    [
      "*Error* · Model",
      "“front_warm” lost its reference image.",
      "<https://ops.example/attribute-groups/front_warm?root=Model|Open in the console> · since 30 Nov 2026, 10:00:00 UTC",
    ],
  ],
  [
    "a warning of nothing in particular, and of a kind that this version does not know",
    { ...event, severity: "warning", root: "", link: null },
    [
      "*Warning*",
      "“front_warm” lost its reference image.",
      "<https://ops.example/|Open in the console> · since 30 Nov 2026, 10:00:00 UTC",
    ],
  ],
  [
    "one that is over",
    { ...event, resolvedAt: new Date("2026-11-30T10:42:05Z") },
    [
      "*Resolved* · Model",
      "“front_warm” lost its reference image.",
      "<https://ops.example/attribute-groups/front_warm?root=Model|Open in the console> · from 30 Nov 2026, 10:00:00 UTC to 30 Nov 2026, 10:42:05 UTC (42\u202fmin 5\u202fs)",
    ],
  ],
  [
    "a name that would make a link, and one in its address",
    { ...event, root: "<!channel>", sentence: "<https://elsewhere|Sign in> & more", link: "/a|b>c d" },
    [
      "*Error* · &lt;!channel&gt;",
      "&lt;https:\u2060//elsewhere|Sign in&gt; &amp; more",
      "<https://ops.example/a%7Cb%3Ec%20d|Open in the console> · since 30 Nov 2026, 10:00:00 UTC",
    ],
  ],
])("%s", (_what, told, lines) => {
  expect(eventText(told, origin).split("\n")).toEqual(lines);
});

test.each([
  ["a line break and a bell", "a\nb\u0007c", "a b c"],
  ["half a character", "a\ud83db", "a\ufffdb"],
  [
    "names that call everyone",
    "@here @Channel @everyone @all, mina@example.com",
    "@\u2060here @\u2060Channel @\u2060everyone @\u2060all, mina@example.com",
  ],
  [
    "addresses",
    "[Sign in](https://elsewhere) www.elsewhere",
    "[Sign in]\u2060(https:\u2060//elsewhere) www\u2060.elsewhere",
  ],
  ["what is long, by characters", "🙂".repeat(300), `${"🙂".repeat(200)}…`],
  ["what was escaped before", "&lt;", "&amp;lt;"],
])("%s", (_what, text, shown) => {
  expect(escapeText(text, 200)).toBe(shown);
});

test("many are one message, the first of them a line each, and its length has a limit", () => {
  const counts = { errors: 1_200, warnings: 0, resolved: 30 };
  const long = { ...event, root: "&".repeat(500), sentence: "&".repeat(5_000) };
  expect(digestText(counts, [event], origin).split("\n")).toEqual([
    "*1\u202f230 alerts at once* · 1\u202f200 errors and 30 resolved",
    "• *Error* · Model: “front_warm” lost its reference image.",
    "• and 1\u202f229 more",
    "<https://ops.example/|See the open alerts>",
  ]);
  expect(digestText(counts, Array(10).fill(long), origin).length).toBeLessThan(40_000);
  expect(eventText(long, origin).length).toBeLessThan(40_000);
});

test("a greeting says how things stand", () => {
  const greeting = (errors: number, warnings: number) => greetingText({ errors, warnings }, origin).split("\n")[0];
  expect(greeting(0, 0)).toBe("*Alerts of Diffs Image Agent come here from now on.* None is open now.");
  expect(greeting(1, 2)).toBe("*Alerts of Diffs Image Agent come here from now on.* Open now: 1 error and 2 warnings.");
});
