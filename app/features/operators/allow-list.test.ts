import { describe, expect, test } from "vitest";
import { findListing } from "./allow-list";

const lists = {
  adminEmails: ["mina@diffs.studio", "both@diffs.studio"],
  operatorEmails: ["jun@diffs.studio", "both@diffs.studio", "freelancer@mail.example"],
  domains: ["diffs.studio", "diffs.example"],
};

describe("findListing", () => {
  test.each([
    ["mina@diffs.studio", "diffs.studio", "admin-emails", "admin"],
    ["jun@diffs.studio", "diffs.studio", "operator-emails", "operator"],
    ["both@diffs.studio", "diffs.studio", "admin-emails", "admin"],
    ["freelancer@mail.example", null, "operator-emails", "operator"],
    ["sofia@diffs.studio", "diffs.studio", "domain", "viewer"],
    ["sofia@diffs.studio", "diffs.example", "domain", "viewer"],
  ])("%s managed by %s is named by %s as %s", (email, organization, by, role) => {
    expect(findListing(lists, { email, organization })).toEqual({ by, role });
  });

  test.each([
    ["alex@elsewhere.example", "elsewhere.example", "is not on the list"],
    ["alex@elsewhere.example", "diffs.studio", "is not on the list"],
    ["sofia@diffs.studio.elsewhere.example", null, "is not on the list"],
    ["sofia@sub.diffs.studio", "diffs.studio", "is not on the list"],
    ["sofia@notdiffs.studio", null, "is not on the list"],
    ["mina@diffs.studio@elsewhere.example", null, "is not on the list"],
    ["sofia@diffs.studio", null, "does not manage"],
    ["mina@diffs.studio", null, "does not manage"],
    ["jun@diffs.studio", "elsewhere.example", "does not manage"],
    ["sofia@diffs.studio", "elsewhere.example", "does not manage"],
  ])("%s managed by %s is refused", (email, organization, why) => {
    expect(findListing(lists, { email, organization })).toEqual({
      refusal: expect.stringContaining(why),
    });
  });

  test("empty lists let nobody in", () => {
    const none = { adminEmails: [], operatorEmails: [], domains: [] };
    expect(findListing(none, { email: "mina@diffs.studio", organization: "diffs.studio" })).toEqual({
      refusal: "mina@diffs.studio is not on the list of operators. Ask an admin to add it.",
    });
  });
});
