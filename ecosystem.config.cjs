/** pm2: one web process and one worker (`npm run build` first). Both drain on SIGINT, which pm2 sends. */
module.exports = {
  apps: [
    // It holds some 100 MB; with no limit V8 lets the garbage of a long export grow to several hundred before it looks at it.
    process_("diffs-ops-web", "server.ts", "--max-old-space-size=512 --import tsx"),
    // More workers may run beside it, on this machine only: SQLite's WAL needs shared memory.
    process_("diffs-ops-worker", "jobs/index.ts"),
  ],
};

function process_(name, script, nodeArguments = "--import tsx") {
  return {
    name,
    script,
    cwd: __dirname,
    interpreter: "node",
    interpreter_args: nodeArguments,
    exec_mode: "fork",
    instances: 1,
    env: { NODE_ENV: "production" },
    // Requests and items under way get 10 s; then pm2 kills.
    kill_timeout: 12_000,
    // Decoding takes up to 1 GiB (app/features/images/pixels/decode-memory.ts), originals in flight half of one.
    max_memory_restart: "2G",
    time: false,
  };
}
