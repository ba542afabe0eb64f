import { parseImageAddress } from "~/features/images/query/image-address";
import type { ImageQuery } from "~/features/images/query/image-query";
import { isKnownError } from "~/features/known-error";
import { compareOwnFile } from "~/features/labels/travel/check/compare-file.server";
import { differenceWords, isSame } from "~/features/labels/travel/check/label-difference";
import {
  type ExportFormat,
  exportFormats,
  exportLabels,
  isExportFormat,
} from "~/features/labels/travel/export/export-labels.server";
import { OWN_FILE } from "~/features/labels/travel/own-file";
import { loadEnv } from "~/ports/env.server";
import type { Ports } from "~/ports/index.server";
import { endWith, UsageError } from "./run-script/end-with";
import { flag, parseOptions } from "./run-script/parse-options";
import { printJson, printText } from "./run-script/print";
import { withPorts } from "./run-script/with-ports";

const usage = `Writes the accepted labels to ${OWN_FILE}, a line an image, and prints what changed. Commit it: every server starts from it.

  npx tsx scripts/export-labels.ts [--check] [--json]
  npx tsx scripts/export-labels.ts --format FORMAT --out PATH [--query Q] [--json]

  --check   write nothing; exit code 1 when ${OWN_FILE} and the database differ
  --format  another form:
            labels              the same form as ${OWN_FILE}, into another file
            imagefolder         a folder with the images and metadata.jsonl, as Hugging Face's datasets reads it
            label-studio        JSON tasks with annotations, and beside them label-config.xml for the project's interface
            label-studio-min    Label Studio's JSON-MIN
            label-studio-csv    Label Studio's CSV
  --out     the file, or for imagefolder the folder, to write
  --query   only the images that a query finds, as in the address of the images page: "root=Model&label=tone:warm"
  --json    print exactly one JSON document on stdout
  --help    this text

Exit code: 0 all is done, 1 something failed, or with --check something differs, 2 usage.`;

async function main(): Promise<number> {
  const options = readOptions();
  if (options === null) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const startedAt = performance.now();
  const { code, report, text } = await withPorts(loadEnv(), (ports) =>
    options.own ? exportOwn(ports, options.check) : exportOther(ports, options),
  );
  const seconds = Math.round(performance.now() - startedAt) / 1_000;
  if (options.json) printJson({ ...report, seconds });
  else printText(text.join("\n"));
  return code;
}

type Done = { code: number; report: object; text: string[] };

async function exportOwn(ports: Ports, check: boolean): Promise<Done> {
  const { first, ...difference } = await compareOwnFile(ports.db);
  const same = isSame({ first, ...difference });
  const written = check ? null : await exportLabels(ports, { format: "labels", out: OWN_FILE, query: null });
  const differs = differenceWords({ first, ...difference });
  const text = same
    ? [`${OWN_FILE} and the database have the same ${difference.inBoth} labels.`]
    : [
        `${OWN_FILE} and the database ${check ? "differ" : "differed"}: ${differs.join("; ")}.`,
        ...first.map((one) => `  ${one}`),
      ];
  return {
    code: check && !same ? 1 : 0,
    report: { file: OWN_FILE, same, ...difference, first, written: written !== null, ...written },
    text: [...text, ...(written ? [`Wrote ${written.labels} labels of ${written.images} images.`] : [])],
  };
}

type Other = { format: ExportFormat; out: string; query: ImageQuery | null };

async function exportOther(ports: Ports, { format, out, query }: Other): Promise<Done> {
  const { failed, ...written } = await exportLabels(ports, { format, out, query });
  const text = [
    `Wrote ${written.labels} labels of ${written.images} images to ${out}.`,
    ...failed.map((sentence) => `Left out: ${sentence}`),
  ];
  return { code: failed.length === 0 ? 0 : 1, report: { format, out, ...written, failed }, text };
}

type Options = { json: boolean } & ({ own: true; check: boolean } | ({ own: false } & Other));

function readOptions(): Options | null {
  const values = parse();
  if (values.help) return null;
  const { format, out, query, check, json } = values;
  if (format === undefined && out === undefined && query === undefined) return { own: true, check, json };
  if (check) throw new UsageError(`--check compares ${OWN_FILE} and takes no other option but --json.`);
  if (format === undefined) throw new UsageError(`Say in which form: --format ${exportFormats.join(", ")}.`);
  if (!isExportFormat(format)) throw new UsageError(`--format ${format}: choose one of ${exportFormats.join(", ")}.`);
  if (out === undefined || out === "") throw new UsageError("Say where to: --out PATH.");
  return { own: false, format, out, query: query === undefined ? null : readQuery(query), json };
}

function readQuery(query: string): ImageQuery {
  try {
    return parseImageAddress(new URLSearchParams(query));
  } catch (error) {
    throw isKnownError(error, "DomainError") ? new UsageError(error.message) : error;
  }
}

function parse() {
  const text = { type: "string" } as const;
  const options = { check: flag, json: flag, help: flag, format: text, out: text, query: text };
  return parseOptions({ options }).values;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => endWith(error),
);
