import { describe, expect, test } from "vitest";
import { roleAtFirstSignIn } from "./allow-list";

const lists = {
  adminEmails: ["mina@diffs.studio", "both@diffs.studio"],
  operatorEmails: ["jun@diffs.studio", "both@diffs.studio", "freelancer@mail.example"],
  domains: ["diffs.studio", "diffs.example"],
};

describe("roleAtFirstSignIn", () => {
  test.each([
    ["mina@diffs.studio", "diffs.studio", "admin"],
    ["jun@diffs.studio", "diffs.studio", "operator"],
    ["both@diffs.studio", "diffs.studio", "admin"],
    ["freelancer@mail.example", null, "operator"],
    ["sofia@diffs.studio", "diffs.studio", "viewer"],
    ["sofia@diffs.studio", "diffs.example", "viewer"],
  ])("%s managed by %s becomes %s", (email, organisation, role) => {
    expect(roleAtFirstSignIn(lists, { email, name: "", organisation })).toEqual({ role });
  });

  test.each([
    ["alex@elsewhere.example", "elsewhere.example", "is not on the list"],
    ["alex@elsewhere.example", "diffs.studio", "is not on the list"],
    ["sofia@diffs.studio.elsewhere.example", null, "is not on the list"],
    ["sofia@sub.diffs.studio", "diffs.studio", "is not on the list"],
    ["sofia@notdiffs.studio", null, "is not on the list"],
    ["mina@diffs.studio@elsewhere.example", null, "is not on the list"],
    ["sofia@diffs.studio", null, "does not manage"],
    ["sofia@diffs.studio", "elsewhere.example", "does not manage"],
  ])("%s managed by %s is refused", (email, organisation, why) => {
    expect(roleAtFirstSignIn(lists, { email, name: "", organisation })).toEqual({
      refusal: expect.stringContaining(why),
    });
  });

  test("empty lists let nobody in", () => {
    const none = { adminEmails: [], operatorEmails: [], domains: [] };
    expect(roleAtFirstSignIn(none, { email: "mina@diffs.studio", name: "", organisation: "diffs.studio" })).toEqual({
      refusal: "mina@diffs.studio is not on the list of operators. Ask an admin to add it.",
    });
  });
});
