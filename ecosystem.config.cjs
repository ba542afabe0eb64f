/**
 * pm2: two web processes behind one port, and one worker (`npm run build` first). `pm2 reload` replaces the web processes one
 * after the other, each only once its successor answers. All drain on SIGINT, which pm2 sends.
 */
const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { parseEnv } = require("node:util");

const envFile = join(__dirname, ".env");
const fromFile = existsSync(envFile) ? parseEnv(readFileSync(envFile, "utf8")) : {};

const shared = {
  cwd: __dirname,
  interpreter: "node",
  env: {
    NODE_ENV: "production",
    // Without it a process takes itself for a developer's machine, and a shell that starts pm2 may have none.
    APP_ENVIRONMENT: process.env.APP_ENVIRONMENT || fromFile.APP_ENVIRONMENT || "production",
  },
  time: false,
};

module.exports = {
  apps: [
    {
      ...shared,
      name: "diffs-ops-web",
      script: "server.mjs",
      exec_mode: "cluster",
      instances: 2,
      wait_ready: true,
      // A successor that is not ready by then counts as started, and the process that it replaces is stopped.
      listen_timeout: 60_000,
      // It holds some 100 MB; with no limit V8 lets the garbage of a long export grow to several hundred before it looks at it.
      node_args: "--max-old-space-size=512",
      max_memory_restart: "2G",
      // Idle connections get 5 s to be led to the other process, requests under way 10 s; then pm2 kills.
      kill_timeout: 17_000,
    },
    {
      ...shared,
      // More workers may run beside it, on this machine only: SQLite's WAL needs shared memory.
      name: "diffs-ops-worker",
      script: "jobs/index.ts",
      exec_mode: "fork",
      instances: 1,
      node_args: "--import tsx",
      // It holds some 200 MB and originals of up to 256; decoding is bounded in its children, which pm2 does not count.
      max_memory_restart: "1G",
      // Items under way get 10 s; then pm2 kills.
      kill_timeout: 12_000,
    },
  ],
};
