import { Search } from "lucide-react";
import { expect, test } from "vitest";
import { type Command, narrowCommands } from "./command";

const command = (group: string, label: string, hint?: string): Command => ({
  ...{ id: label, group, label, icon: Search, run: () => {} },
  ...(hint && { hint }),
});

const commands = [
  command("Actions", "Reassign owner…", "2 images"),
  command("Pages", "Owners"),
  command("Pages", "Jobs"),
  command("Console", "Dark theme"),
];

test.each([
  ["", ["Reassign owner…", "Owners", "Jobs", "Dark theme"]],
  ["own", ["Reassign owner…", "Owners"]],
  ["OWNER re", ["Reassign owner…"]],
  ["pages", ["Owners", "Jobs"]],
  ["dark", ["Dark theme"]],
  ["wner", []],
])("by %j", (text, expected) => {
  expect(narrowCommands(commands, text).map(({ label }) => label)).toEqual(expected);
});
