/**
 * Data flows one way: route | job | script -> feature -> port. docs/architecture.md has the table that these rules keep.
 * Tests stand outside of it: they wire real ports to what they test.
 */
const tests = "\\.test\\.tsx?$";
const server = "\\.server\\.tsx?$";
const sdks =
  "node_modules/(@aws-sdk|@aws-crypto|@smithy|@google/genai|@prisma|better-sqlite3|pino|prom-client|googleapis)(/|$)";

/** The features from the ground up: each imports those before it and none behind, so no two can need each other. */
const floors = [
  "audit-log",
  "alerts",
  "clock-watch",
  "operators",
  "api-tokens",
  "saved-views",
  "job-runs",
  "alert-webhook",
  "restore",
  "storage",
  "backups",
  "prices",
  "model-quotas",
  "schedules",
  "images",
  "label-schema",
  "labels",
  "owners",
  "generations",
  "thumbnails",
  "ingest",
  "duplicates",
  "storage-totals",
  "attribute-groups",
  "labeling",
  "conversion",
  "image-page",
  "first-run",
  "monitoring",
];

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    rule(
      "no-circle",
      "A circle of imports, of types too, has no order in which to be read: move what both need to a file of its own.",
      {
        from: {},
        to: { circular: true },
      },
    ),
    rule("resolvable", "The import leads nowhere.", { from: {}, to: { couldNotResolve: true } }),
    rule("route-alone", "Nobody imports a route but the files of its own folder.", {
      // A folder's name is matched around its "$", which means the end of the line in a pattern.
      from: { path: "^app/routes/([^/$]*)[$]?([^/$]*)[$]?([^/$]*)/" },
      to: { path: "^app/routes/", pathNot: "^app/routes/$1[$]?$2[$]?$3/" },
    }),
    rule("routes-on-top", "Routes are entry points: nothing imports them.", {
      from: { pathNot: ["^app/routes/[^/]+/", tests] },
      to: { path: "^app/routes/" },
    }),
    rule("jobs-on-top", "Jobs are entry points: nothing imports them.", {
      from: { pathNot: ["^jobs/", tests] },
      to: { path: "^jobs/" },
    }),
    rule("scripts-on-top", "Scripts and the local cloud are never part of the product.", {
      from: { pathNot: ["^scripts/", "^tests/", tests] },
      to: { path: "^(scripts|tests)/" },
    }),
    rule(
      "local-cloud-apart",
      "The local cloud speaks S3, Gemini and Google; what the product does must not leak into it.",
      {
        from: { path: "^scripts/dev/(s3|gemini|google)", pathNot: tests },
        to: { path: "^app/" },
      },
    ),
    rule("web-is-the-edge", "Only routes, root, entries and server.ts know the HTTP edge.", {
      from: {
        pathNot: [
          "^app/(routes|web)/",
          "^app/(root|entry\\.server|entry\\.client)\\.tsx$",
          "^server\\.ts$",
          "^tests/",
          tests,
        ],
      },
      to: { path: "^app/web/" },
    }),
    rule("web-below-routes", "The HTTP edge imports features and ports.", {
      from: { path: "^app/web/", pathNot: tests },
      to: { path: "^app/(routes|components)/" },
    }),
    rule("components-know-no-server", "A component takes what it shows; it may import pure feature files.", {
      from: { path: "^app/components/", pathNot: tests },
      to: { path: ["^app/(ports|web|routes)/", server] },
    }),
    rule("components-are-interface", "Components are for routes and other components.", {
      from: { path: "^(app/(features|ports|web)/|jobs/|scripts/)", pathNot: tests },
      to: { path: "^app/components/" },
    }),
    rule(
      "features-take-port-types",
      "A feature is handed its ports: it imports only their types, and the words of SQL.",
      {
        from: { path: "^app/features/", pathNot: tests },
        to: { path: "^app/ports/", pathNot: "^app/ports/sql\\.server\\.ts$", dependencyTypesNot: ["type-only"] },
      },
    ),
    ...floors.slice(0, -1).map((feature, floor) =>
      rule(
        `floor-of-${feature}`,
        "A feature imports only those before it in `floors`; move what both need below them.",
        {
          from: { path: `^app/features/${feature}/`, pathNot: tests },
          to: { path: `^app/features/(${floors.slice(floor + 1).join("|")})/` },
        },
      ),
    ),
    rule(
      "every-feature-has-its-floor",
      "Name the folder in `floors` of .dependency-cruiser.cjs, above what it imports.",
      {
        from: {},
        to: { path: "^app/features/[^/]+/", pathNot: `^app/features/(${floors.join("|")})/` },
      },
    ),
    rule("features-know-no-web", "The domain has no Request and no React.", {
      from: { path: "^app/features/", pathNot: tests },
      to: { path: "node_modules/(react|react-dom|@remix-run|remix-auth|express|@conform-to)(/|$)" },
    }),
    rule(
      "charts-in-their-room",
      "Only a chart draws with recharts, which weighs more than a page: load it when it is seen.",
      {
        from: { pathNot: ["^app/components/charts/", tests] },
        to: { path: "node_modules/recharts(/|$)" },
      },
    ),
    rule("sdks-in-ports", "Only a port speaks to an SDK; the rest asks the port.", {
      from: {
        path: "^(app|jobs|scripts|server\\.ts)",
        pathNot: ["^app/ports/", "^scripts/(bench|dev|db-migrate)/", tests],
      },
      to: { path: sdks },
    }),
    rule(
      "pictures-in-pixels",
      "Pictures are read and drawn in app/features/images/pixels/: ask a function of that folder.",
      {
        from: {
          path: "^(app|jobs|scripts|server\\.ts)",
          pathNot: [
            "^app/features/images/pixels/",
            "^scripts/(dev/|bench/(thumbnails/|slow-pictures/|jpeg-verdicts|near-duplicates))",
            tests,
          ],
        },
        to: { path: "node_modules/sharp(/|$)" },
      },
    ),
    rule("ports-at-the-bottom", "A port imports SDKs, other ports, and app/quote.ts for its sentences.", {
      from: { path: "^app/ports/", pathNot: tests },
      to: { path: "^app/", pathNot: "^app/(ports/|quote\\.ts$)" },
    }),
    rule("one-wiring", "app/ports/index.server.ts makes the live ports; everyone else is handed them.", {
      from: {
        path: "^(app|jobs|scripts|server\\.ts)",
        pathNot: [
          "^app/ports/",
          "^scripts/(dev|bench|db-migrate)/",
          "^scripts/(backup|db-migrate|restore)\\.ts$",
          tests,
        ],
      },
      to: {
        path: "^app/ports/",
        // Besides: what holds nothing and opens nothing.
        pathNot: "^app/ports/(index|env|sql|same-secret|metrics/to-prometheus)\\.server\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    }),
    rule("pure-is-pure", "What touches Node or a port is called .server.ts.", {
      from: { path: "^app/(features|components)/", pathNot: [server, tests] },
      to: { path: server, dependencyTypesNot: ["type-only"] },
    }),
    rule("pure-knows-no-node", "What touches Node or a port is called .server.ts.", {
      from: { path: "^app/(features|components)/", pathNot: [server, tests] },
      to: { dependencyTypes: ["core"] },
    }),
    rule("auth-in-web", "Google sign-in lives in one place of app/web.", {
      from: { path: "^(app|jobs|scripts|server\\.ts)", pathNot: ["^app/web/", tests] },
      to: { path: "node_modules/remix-auth" },
    }),
    rule("no-dev-package-in-production", "The package is not there in production: list it under dependencies.", {
      // Only a developer's server reaches its dynamic import of Vite; app/routes.ts is read when building.
      from: { path: "^(app|jobs|server\\.ts|scripts/[^/]+\\.ts$)", pathNot: ["^app/routes\\.ts$", tests] },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only", "dynamic-import"] },
    }),
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^app/ports/prisma/"] },
    exclude: { path: "^(build|\\.data)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};

function rule(name, comment, { from, to }) {
  return { name, comment, severity: "error", from, to };
}
