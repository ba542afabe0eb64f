import { type ConversionFormat, conversionFormats, DEFAULT_QUALITY } from "~/features/conversion/conversion-format";
import { removeOriginals } from "~/features/conversion/originals/remove-originals";
import { startConversion } from "~/features/conversion/start-conversion.server";
import type { ImageQuery } from "~/features/images/query/image-query";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { asUsage, queryHelp, readImageQuery } from "./run-script/image-query";
import { runScript, UsageError, type Values } from "./run-script/run-script";

await runScript({
  usage: `Puts images into a smaller format, and keeps their originals below originals/ until you remove them.

  npx tsx scripts/convert-images.ts --to FORMAT (--query Q | --all) [--quality N] [--apply] [--json]
  npx tsx scripts/convert-images.ts --remove-originals RUN [--apply --accept-risk] [--json]

  --to       webp or avif
  --query    ${queryHelp}
  --all      every image
  --quality  from 1 to 100, as the format counts it; ${DEFAULT_QUALITY.webp} for webp and ${DEFAULT_QUALITY.avif} for avif unless you say
  --remove-originals
             deletes the originals that this run kept, each after its converted image was read again; there is no undo, and
             in a bucket that keeps versions each stays behind as a hidden version`,
  options: {
    to: { type: "string" },
    query: { type: "string" },
    all: { type: "boolean" },
    quality: { type: "string" },
    "remove-originals": { type: "string" },
  },
  check(values) {
    readArguments(values);
  },
  async start(ports, values, actor) {
    const asked = readArguments(values);
    if ("runId" in asked) return asUsage(() => startRun(ports, removeOriginals, { payload: asked, actor }));
    const { query, format, quality } = asked;
    return asUsage(() => startConversion(ports, { selection: { query }, format, quality, actor }));
  },
});

type Asked = { runId: number } | { query: ImageQuery; format: ConversionFormat; quality: number | undefined };

function readArguments(values: Values): Asked {
  const run = values["remove-originals"];
  if (typeof run === "string") {
    if (!/^[1-9]\d{0,8}$/.test(run))
      throw new UsageError(`--remove-originals ${run}: give the number of a conversion's run.`);
    const others = ["to", "query", "all", "quality"].filter((name) => values[name] !== undefined);
    if (others.length > 0)
      throw new UsageError("--remove-originals takes no other option but --apply and --accept-risk.");
    return { runId: Number(run) };
  }
  const format = conversionFormats.find((name) => name === values.to);
  if (!format) throw new UsageError("Say into which format: --to webp or --to avif.");
  const given = ["query", "all"].filter((name) => values[name] !== undefined);
  if (given.length !== 1) throw new UsageError("Say which images: one of --query Q and --all.");
  const query: ImageQuery = typeof values.query === "string" ? readImageQuery(values.query) : { all: true };
  return { query, format, quality: readQuality(values.quality) };
}

function readQuality(value: Values[string]): number | undefined {
  if (value === undefined) return undefined;
  const quality = Number(value);
  if (value !== "" && Number.isInteger(quality) && quality >= 1 && quality <= 100) return quality;
  throw new UsageError(`--quality ${String(value)}: give a whole number from 1 to 100.`);
}
