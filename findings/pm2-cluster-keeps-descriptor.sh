#!/usr/bin/env bash
# pm2 7.0.4, cluster mode: what a process writes to its descriptor 2, as pino.destination(2) does, arrives in the daemon's own
# pm2.log, which `pm2 logs NAME` does not show and pm2-logrotate's settings for apps do not name. Only what goes through
# process.stderr reaches the log of the process. In fork mode both do. So our log is given process.stderr.
set -euo pipefail
work=$(mktemp -d)
export HOME=$work/home
unset PM2_HOME
trap '"$work/node_modules/.bin/pm2" kill > /dev/null 2>&1 || true; rm -rf "$work"' EXIT
mkdir "$HOME"
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts pm2@7.0.4
cat > "$work/app.cjs" << 'CODE'
require("node:fs").writeSync(2, "by the descriptor\n");
process.stderr.write("by the stream\n");
process.send("ready");
setInterval(() => {}, 1000);
CODE
cat > "$work/apps.config.cjs" << 'CODE'
const app = (name, exec_mode) => ({ name, exec_mode, script: `${__dirname}/app.cjs`, wait_ready: true, instances: 1, merge_logs: true });
module.exports = { apps: [app("forked", "fork"), app("clustered", "cluster")] };
CODE
cd "$work"
node_modules/.bin/pm2 start apps.config.cjs > /dev/null
node_modules/.bin/pm2 kill > /dev/null 2>&1
logs=$HOME/.pm2/logs
seen() { printf '%-10s %s\n' "$1" "$(grep -o 'by the .*' "$2" | sort | paste -sd ',')"; }
said=$(seen forked "$logs/forked-error.log"; seen clustered "$logs/clustered-error.log"; seen daemon "$HOME/.pm2/pm2.log")
echo "pm2 $(node -p "require('./node_modules/pm2/package.json').version"), Node $(node -v)"
echo "$said"
diff <(echo "$said") - << 'SAID'
forked     by the descriptor,by the stream
clustered  by the stream
daemon     by the descriptor
SAID
