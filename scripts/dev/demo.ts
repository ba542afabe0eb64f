/** `npm run demo`: the whole product on a fresh clone, on the local cloud alone, with the main job done. */
import { brand } from "~/brand";
import { bytes, plural } from "~/features/format";
import { checkPages } from "./browser/check-pages";
import { pagesToSee } from "./browser/pages";
import { assertConsolePortsFree, portOptions, readArguments } from "./console/arguments";
import { startLocalConsole } from "./console/local-console";
import { lookAtStorage, measureOnce, readTotals, runMainJob } from "./console/main-job";
import { runUntilStopped } from "./console/run-until-stopped";
import { seedBucket } from "./sample-images";

const usage = `Usage: npm run demo [-- --once] [--port N] [--cloud-port N] [--store NAME]
Fills a local bucket with sample images, runs index, audit, thumbnails, a label run, a snapshot of the storage and a search for
duplicates, and serves the console until Ctrl-C. Everything lies in .data; remove that folder to start over. .env is not read: nothing of yours is touched.
  --once          instead of serving, check that the pages answer, print one line of JSON and end
${portOptions}`;

/** An admin of the local environment, who has an account at the local Google. */
const admin = "mina@diffs.studio";

const say = (sentence: string) => process.stderr.write(`${sentence}\n`);

await runUntilStopped(async (onStop) => {
  const { ports, store, has } = readArguments(usage, ["once"]);
  await assertConsolePortsFree(ports);
  say("Starting the local cloud, the console and its worker …");
  const local = await startLocalConsole({ ports, store, folder: ".data", onStop, say });
  const before = await readTotals(local.ports);
  const { uploaded, present } = await seedBucket(local.ports.storage);
  say(`Sample images: ${uploaded} drawn, ${present} already there`);
  await runMainJob(local.ports);
  await lookAtStorage(local.ports);
  await measureOnce(local.ports);
  const { totals, made } = await readTotals(local.ports);
  const added = {
    newThumbnails: made.thumbnails - before.made.thumbnails,
    newModelCalls: made.modelCalls - before.made.modelCalls,
  };
  if (has("once")) {
    const pages = await pagesToSee(local.ports);
    await checkPages(local.url, admin, pages, brand.title);
    say(`${pages.length} pages answer.`);
    await local.stop();
    // From the start of the process, which began with installing what was missing.
    const seconds = Math.round(performance.now() / 100) / 10;
    process.stdout.write(`${JSON.stringify({ ...totals, ...added, seconds })}\n`);
    process.exit(0);
  }
  say(
    [
      "",
      `${totals.images} images in ${totals.groups} groups, ${totals.findings} findings`,
      `${totals.thumbnails} thumbnails (${added.newThumbnails} new), ${totals.proposals} proposals (${added.newModelCalls} new model calls)`,
      `${totals.objects} objects in the bucket, ${bytes(totals.bytes)}; ${plural(totals.duplicates, "group")} of duplicates`,
      "",
      `The console is at ${local.url} – sign in as ${admin}, or as anyone else you like.`,
      "Ctrl-C ends it. Logs are in .data/logs.",
    ].join("\n"),
  );
});
