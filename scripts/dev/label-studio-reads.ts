/**
 * Has Label Studio's own editor read what `scripts/export-labels.ts --format label-studio` writes: `npx tsx scripts/dev/label-studio-reads.ts`.
 * The editor is the npm package @heartexlabs/label-studio (later versions on npm have no build), shown by Chromium; it must take every choice of each task,
 * in the interface of label-config.xml, and give it back as it was. Exit code 1 where it does not.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { z } from "zod";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { labelConfig, toTask } from "~/features/labels/travel/formats/label-studio";
import { findChromium } from "./browser/chromium";

const PACKAGE = "@heartexlabs/label-studio@1.4.0";
const DRAWN_WITHIN_MS = 60_000;

const answers = z.array(
  z.looseObject({
    from_name: z.string(),
    type: z.literal("choices"),
    value: z.object({ choices: z.array(z.string()) }),
  }),
);

async function main() {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("There is no Chromium here (CHROMIUM_PATH names one).");
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-label-studio-"));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const server = createServer((request, response) => {
    const file = /^\/(js|css)\/main\.(?:js|css)$/.test(request.url ?? "") ? request.url : null;
    response.setHeader(
      "Content-Type",
      file === null ? "text/html" : file?.endsWith("css") ? "text/css" : "text/javascript",
    );
    response.end(file ? readFileSync(join(folder, "package/build/static", file)) : page);
  }).listen(0, "127.0.0.1");
  try {
    // Unpacked, not installed: its dependencies are in the build.
    const packed = execFileSync("npm", ["pack", PACKAGE, "--silent"], { cwd: folder, encoding: "utf8" }).trim();
    execFileSync("tar", ["-xzf", packed], { cwd: folder });
    await once(server, "listening").catch(() => {});
    const address = server.address();
    assert(typeof address === "object" && address !== null);
    const { attributes } = await loadLabelSchema();
    const config = labelConfig(attributes);
    const tab = await browser.newPage();
    for (const at of [0, 1]) {
      const labels = Object.entries(attributes).map(([attribute, { values }]) => {
        const value = values.at(-1 - at) ?? "";
        return { attribute, value, etag: "e", origin: { source: "person" as const, at: "2026-11-29T10:00:00.000Z" } };
      });
      const task = toTask({ id: 1, address: "/a.png", image: { key: "a, “b”.png", labels } });
      await tab.goto(`http://127.0.0.1:${address.port}/`);
      await tab.evaluate(`window.start(${JSON.stringify({ config, task })})`);
      await tab.waitForFunction("window.taken !== undefined", null, { timeout: DRAWN_WITHIN_MS });
      const taken = answers.parse(await tab.evaluate("window.taken"));
      const given = taken.map(({ from_name: name, value }) => [name, ...value.choices]);
      assert.deepEqual(given.sort(), labels.map(({ attribute, value }) => [attribute, value]).sort());
      console.log(`${PACKAGE} reads ${given.map((choice) => choice.join(" ")).join(", ")}`);
    }
  } finally {
    server.close();
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The editor's page; `start` opens a task, and `taken` is what the editor then says of its first annotation. */
const page = `<!doctype html><link rel="stylesheet" href="/css/main.css"><div id="label-studio"></div><script src="/js/main.js"></script>
<script>
  window.start = ({ config, task }) => {
    const look = (store) => {
      const [first] = store.annotations;
      if (!first) return setTimeout(look, 50, store);
      store.selectAnnotation(first.id);
      window.taken = first.serializeAnnotation();
    };
    new LabelStudio("label-studio", {
      config, task, interfaces: ["panel", "controls"], user: { pk: 1, firstName: "A", lastName: "B" },
      onLabelStudioLoad: ({ annotationStore }) => look(annotationStore),
    });
  };
</script>`;

await main();
