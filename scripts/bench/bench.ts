/** `npm run bench -- NAME [ARGUMENT…]` */
const [name = ""] = process.argv.splice(2, 1);
const benches: Record<string, () => Promise<unknown>> = {
  "audit-groups": () => import("./audit-groups"),
  backup: () => import("./backup"),
  images: () => import("./images"),
  "index-folders": () => import("./index-folders"),
  "jpeg-verdicts": () => import("./jpeg-verdicts"),
  "job-runs": () => import("./job-runs"),
  locks: () => import("./locks"),
  "label-file": () => import("./label-file"),
  "label-run": () => import("./label-run"),
  "model-calls": () => import("./model-calls"),
  "near-duplicates": () => import("./near-duplicates"),
  overview: () => import("./overview"),
  "promote-labels": () => import("./promote-labels"),
  "reassign-owner": () => import("./reassign-owner"),
  review: () => import("./review"),
  synchronous: () => import("./synchronous"),
  scroll: () => import("./scroll"),
  "s3-listing": () => import("./s3-listing"),
  "slow-pictures": () => import("./slow-pictures"),
  storage: () => import("./storage"),
  thumbnails: () => import("./thumbnails"),
  upgrade: () => import("./upgrade"),
};
const bench = benches[name];
if (bench) await bench();
else {
  process.stderr.write(`Usage: npm run bench -- NAME\nNAME is one of ${Object.keys(benches).join(", ")}.\n`);
  process.exitCode = 2;
}

export {};
