# Sourced by a finding: starts a one-node Ceph RGW of Debian's packages (all in memory, on loopback, on free ports) and stops
# it, by its own process ids, when the finding ends. Sets `work` (a temporary folder with @aws-sdk/client-s3 in it), ENDPOINT,
# AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and CEPH_VERSION.
ceph_packages=(ceph-mon ceph-osd ceph-mgr ceph-common radosgw)
sdk_version=3.1169.0
work=$(mktemp -d)

stop_ceph() {
  local file pid
  for file in "$work"/run/*.pid; do
    [ -s "$file" ] || continue
    pid=$(< "$file")
    grep -qzs -- "$work/ceph.conf" "/proc/$pid/cmdline" || continue
    kill "$pid" 2> /dev/null || true
    for _ in $(seq 50); do [ -e "/proc/$pid" ] && sleep 0.1 || break; done
    if [ -e "/proc/$pid" ]; then kill -9 "$pid" 2> /dev/null || true; fi
  done
  rm -rf "$work"
}
trap stop_ceph EXIT

# Ports that nobody listens on: one each for the monitor's two protocols and the gateway.
free_ports() {
  node -e '
    const net = require("node:net");
    const servers = Array.from({ length: 3 }, () => net.createServer().listen(0, "127.0.0.1"));
    Promise.all(servers.map((s) => new Promise((done) => s.on("listening", done)))).then(() => {
      console.log(servers.map((s) => s.address().port).join(" "));
      for (const s of servers) s.close();
    });'
}

install_packages() {
  local package absent=()
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null)" = installed ] || absent+=("$package")
  done
  [ ${#absent[@]} -eq 0 ] && return
  apt-get update -qq > /dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${absent[@]}" > /dev/null
}

start_ceph() {
  local v2 v1 port fsid osd name conf=(-c "$work/ceph.conf")
  install_packages "${ceph_packages[@]}"
  read -r v2 v1 port <<< "$(free_ports)"
  fsid=$(cat /proc/sys/kernel/random/uuid) osd=$(cat /proc/sys/kernel/random/uuid)
  mkdir -p "$work"/{mon,osd,mgr,run}
  cat > "$work/ceph.conf" << CONF
[global]
fsid = $fsid
mon host = [v2:127.0.0.1:$v2,v1:127.0.0.1:$v1]
mon initial members = a
keyring = $work/keyring
auth allow insecure global id reclaim = false
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon data avail crit = 1
mon data avail warn = 2
mon max pg per osd = 1000
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 2147483648
mon data = $work/mon
osd data = $work/osd
mgr data = $work/mgr
mgr initial modules =
run dir = $work/run
admin socket = $work/run/\$name.asok
log file = $work/\$name.log
pid file = $work/run/\$name.pid
public addr = 127.0.0.1
cluster addr = 127.0.0.1
[client.rgw]
rgw data = $work/run
rgw frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1
CONF
  {
    ceph-authtool --create-keyring "$work/keyring" --gen-key -n mon. --cap mon 'allow *'
    for name in client.admin osd.0 mgr.x client.rgw; do
      ceph-authtool "$work/keyring" --gen-key -n "$name" --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
    done
    monmaptool --create --addv a "[v2:127.0.0.1:$v2,v1:127.0.0.1:$v1]" --fsid "$fsid" "$work/monmap"
    ceph-mon "${conf[@]}" --mkfs -i a --monmap "$work/monmap" --keyring "$work/keyring"
    ceph-mon "${conf[@]}" -i a
    ceph-mgr "${conf[@]}" -i x
    ceph "${conf[@]}" osd new "$osd"
    ceph-osd "${conf[@]}" -i 0 --mkfs --osd-uuid "$osd"
    ceph-osd "${conf[@]}" -i 0
    ceph "${conf[@]}" osd crush add osd.0 1 root=default host=localhost
    radosgw "${conf[@]}" -n client.rgw
  } > "$work/start.log" 2>&1 || { cat "$work/start.log"; exit 2; }
  export ENDPOINT=http://127.0.0.1:$port
  for _ in $(seq 240); do curl -sf "$ENDPOINT" > /dev/null && break; sleep 0.5; done
  curl -sf "$ENDPOINT" > /dev/null || { echo "Ceph did not answer within two minutes."; exit 2; }
  export AWS_ACCESS_KEY_ID=finding AWS_SECRET_ACCESS_KEY=finding-secret AWS_REGION=us-east-1
  radosgw-admin "${conf[@]}" user create --uid=ops --display-name=ops \
    --access-key="$AWS_ACCESS_KEY_ID" --secret-key="$AWS_SECRET_ACCESS_KEY" > /dev/null 2>&1
  CEPH_VERSION=$(dpkg-query -W -f '${Version}' radosgw)
  # Shared authorities of the environment are of no use on loopback, and some tools refuse them.
  unset AWS_CA_BUNDLE
  export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
}

# Runs the module on standard input with `s3` (a client), `send(NAME, input)` and `assert` at hand.
with_sdk() {
  npm install --prefix "$work" --silent --no-audit --no-fund "@aws-sdk/client-s3@$sdk_version"
  cat > "$work/sdk.mjs" << 'CODE'
export { default as assert } from "node:assert/strict";
import * as sdk from "@aws-sdk/client-s3";

export const client = new sdk.S3Client({
  endpoint: process.env.ENDPOINT,
  forcePathStyle: true,
  requestChecksumCalculation: "WHEN_REQUIRED",
  responseChecksumValidation: "WHEN_REQUIRED",
  maxAttempts: 1,
});
export const Bucket = "finding";
/** The answer, or `{ status, code }` of the error. */
export async function send(name, input = {}) {
  try {
    return await client.send(new sdk[`${name}Command`]({ Bucket, ...input }));
  } catch (error) {
    return { status: error.$metadata?.httpStatusCode, code: error.name };
  }
}
await send("CreateBucket");
CODE
  cat > "$work/check.mjs"
  echo "radosgw $CEPH_VERSION, @aws-sdk/client-s3 $sdk_version, Node $(node --version)"
  (cd "$work" && node check.mjs)
}
