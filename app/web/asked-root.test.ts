import { expect, test } from "vitest";
import { askedRoot } from "./asked-root.server";

test.each(["", "root=", "root=Model"])("?%s means the root Model", async (search) => {
  expect((await askedRoot(new URLSearchParams(search))).root.name).toBe("Model");
});

test("a root that the schema does not have is not found", async () => {
  await expect(askedRoot(new URLSearchParams("root=Mood"))).rejects.toMatchObject({ code: "not-found" });
});
