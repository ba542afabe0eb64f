import { describe, expect, test } from "vitest";
import type { LetInBy } from "./allow-list";
import { decideSignIn, type KnownOperator } from "./decide-sign-in";
import type { Role } from "./role";

const lists = {
  adminEmails: ["mina@diffs.studio"],
  operatorEmails: ["jun@diffs.studio", "free@mail.example"],
  domains: ["diffs.studio"],
};

type Known = { sub?: string | null; by?: LetInBy | null; role?: Role; email?: string; isRemoved?: boolean };

/** An operator known by the account "google-1"; what is not said is as after a first sign-in by an address. */
const known = (
  email: string,
  { sub = "google-1", by = "operator-emails", role = "operator", ...rest }: Known = {},
) => ({
  ...{ id: 7, sub, email, role, letInBy: by, isRemoved: false },
  ...rest,
});

const notOnList = "is not on the list of operators";
const notManaged = "does not manage";
const otherAccount = "belongs to another Google account";
const removed = "was removed from the operators";

type Case = [
  what: string,
  known: KnownOperator[],
  who: [sub: string, email: string, organization: string | null],
  outcome: string,
];

const newcomers: Case[] = [
  ["on the admins' list", [], ["google-1", "mina@diffs.studio", "diffs.studio"], "new, admin by admin-emails"],
  ["on the operators' list", [], ["google-1", "jun@diffs.studio", "diffs.studio"], "new, operator by operator-emails"],
  ["of a listed domain", [], ["google-1", "sofia@diffs.studio", "diffs.studio"], "new, viewer by domain"],
  ["listed, of no listed domain", [], ["google-1", "free@mail.example", null], "new, operator by operator-emails"],
  ["on no list", [], ["google-1", "alex@elsewhere.example", null], notOnList],
  ["of a listed domain, a personal account", [], ["google-1", "sofia@diffs.studio", null], notManaged],
  ["listed, a personal account of a listed domain", [], ["google-1", "mina@diffs.studio", null], notManaged],
  ["listed, of another organization", [], ["google-1", "mina@diffs.studio", "elsewhere.example"], notManaged],
];

const jun = "jun@diffs.studio";
const ex = "ex@elsewhere.example";
const work = "diffs.studio";
const ofDomain = { by: "domain", role: "viewer" } as const;
const added = { by: "admin", role: "admin" } as const;

const sameAccount: Case[] = [
  ["still listed", [known(jun)], ["google-1", jun, work], "7, operator by operator-emails"],
  [
    "still listed, raised by an admin",
    [known(jun, { role: "admin" })],
    ["google-1", jun, work],
    "7, admin by operator-emails",
  ],
  ["off the list", [known(ex)], ["google-1", ex, null], notOnList],
  ["still listed, no longer of the organization", [known(jun)], ["google-1", jun, null], notManaged],
  [
    "of a domain still listed",
    [known("s@diffs.studio", ofDomain)],
    ["google-1", "s@diffs.studio", work],
    "7, viewer by domain",
  ],
  [
    "of a domain, left the organization",
    [known("s@diffs.studio", ofDomain)],
    ["google-1", "s@diffs.studio", null],
    notManaged,
  ],
  [
    "of a domain that is off",
    [known("s@old.example", ofDomain)],
    ["google-1", "s@old.example", "old.example"],
    notOnList,
  ],
  [
    "off the admins' list, of a listed domain",
    [known("a@diffs.studio", { by: "admin-emails", role: "admin" })],
    ["google-1", "a@diffs.studio", work],
    "7, viewer by domain",
  ],
  [
    "from the admins' list to the operators'",
    [known(jun, { by: "admin-emails", role: "admin" })],
    ["google-1", jun, work],
    "7, operator by operator-emails",
  ],
  [
    "from the operators' list to the admins', lowered by an admin before",
    [known("mina@diffs.studio", { by: "operator-emails", role: "viewer" })],
    ["google-1", "mina@diffs.studio", work],
    "7, viewer by admin-emails",
  ],
  [
    "on a higher list, too",
    [known("mina@diffs.studio", ofDomain)],
    ["google-1", "mina@diffs.studio", work],
    "7, viewer by domain",
  ],
  ["added by an admin, on no list", [known(ex, added)], ["google-1", ex, null], "7, admin by admin"],
  ["added by an admin, a personal account", [known(jun, added)], ["google-1", jun, null], "7, admin by admin"],
  ["removed, still listed", [known(jun, { isRemoved: true })], ["google-1", jun, work], removed],
  ["removed, with a new address", [known("x@diffs.studio", { isRemoved: true })], ["google-1", jun, work], removed],
  [
    "with a new address that is listed",
    [known("x@diffs.studio")],
    ["google-1", jun, work],
    "7, operator by operator-emails",
  ],
  ["with a new address that is not", [known(jun)], ["google-1", ex, null], notOnList],
  [
    "with a new address of another operator",
    [known("x@diffs.studio"), { ...known(jun, { sub: null }), id: 8 }],
    ["google-1", jun, work],
    "Ask an admin to remove one of the two",
  ],
];

const another: Case[] = [
  ["still listed", [known(jun)], ["google-2", jun, work], otherAccount],
  ["personal, still listed", [known(jun)], ["google-2", jun, null], otherAccount],
  ["added by an admin", [known(ex, added)], ["google-2", ex, null], otherAccount],
  ["of an admin off the lists", [known(ex, { role: "admin" })], ["google-2", ex, null], otherAccount],
  ["removed", [known(jun, { isRemoved: true })], ["google-2", jun, work], removed],
  [
    "removed, then added again for someone else",
    [
      { ...known(jun, { sub: null, by: "admin", role: "viewer" }), id: 8 },
      known(jun, { isRemoved: true, role: "admin" }),
    ],
    ["google-2", jun, work],
    "8, viewer by admin",
  ],
  ["released", [known(jun, { sub: null })], ["google-2", jun, work], "7, operator by operator-emails"],
  ["released, personal", [known(jun, { sub: null })], ["google-2", jun, null], notManaged],
  ["released, off the lists", [known(ex, { sub: null })], ["google-2", ex, null], notOnList],
];

const today = { sub: null, by: null } as const;
const notYetKept: Case[] = [
  ["of the organization", [known(jun, today)], ["google-1", jun, work], "7, operator by operator-emails"],
  [
    "raised by an admin",
    [known(jun, { ...today, role: "admin" })],
    ["google-1", jun, work],
    "7, admin by operator-emails",
  ],
  [
    "of no listed domain",
    [known("free@mail.example", today)],
    ["google-1", "free@mail.example", null],
    "7, operator by operator-emails",
  ],
  ["a personal account", [known(jun, today)], ["google-1", jun, null], notManaged],
  ["another organization", [known(jun, today)], ["google-1", jun, "elsewhere.example"], notManaged],
  ["off the lists", [known(ex, today)], ["google-1", ex, null], notOnList],
  ["removed", [known(jun, { ...today, isRemoved: true })], ["google-1", jun, work], removed],
];

describe.each([
  ["someone new", newcomers],
  ["a known account", sameAccount],
  ["another account with a known address", another],
  ["an operator from before accounts were kept", notYetKept],
])("%s", (_whose, cases) => {
  test.each(cases)("%s", (_what, operators, [sub, email, organization], outcome) => {
    const decision = decideSignIn(lists, operators, { sub, email, name: "", organization });
    const said =
      "refusal" in decision
        ? decision.refusal
        : `${decision.operatorId ?? "new"}, ${decision.role} by ${decision.letInBy}`;
    expect(said).toContain(outcome);
  });
});

test("empty lists let in only whom an admin added", () => {
  const none = { adminEmails: [], operatorEmails: [], domains: [] };
  const identity = { sub: "google-1", email: jun, name: "", organization: work };
  expect(decideSignIn(none, [known(jun)], identity)).toMatchObject({ refusal: expect.stringContaining(notOnList) });
  expect(decideSignIn(none, [known(jun, added)], identity)).toEqual({ operatorId: 7, letInBy: "admin", role: "admin" });
});
