#!/usr/bin/env bash
# A one-node Ceph with its S3 endpoint on 127.0.0.1:7480, all in memory, to hold the local S3 against a real store:
#
#   scripts/dev/ceph-rgw.sh start DIR ACCESS_KEY SECRET_KEY     (~15 s; DIR is emptied)
#   S3_CONTRACT_ENDPOINT=http://127.0.0.1:7480 S3_CONTRACT_STORE=ceph AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… \
#     npx vitest run tests/contract
#   scripts/dev/ceph-rgw.sh stop DIR
#
# Where Ceph (16.2) goes its own way, so that nothing is built on it:
# - Its conditions, versions, tags and ACLs are a column of tests/contract/expected.ts: a copy cannot be made conditional, and
#   create-only puts are ignored where versions are kept.
# - It accepts any region in a signature, and its listings encode a space as %20 where AWS writes "+".
# - CompleteMultipartUpload answers with an empty ETag.
# - DeleteObjects answers 400 when one key holds a control character; deleteMany then goes key by key.
# - NextContinuationToken is a key in plain sight. Take it for opaque all the same.
set -euo pipefail

usage() {
  sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

stop() {
  local dir=$1 pid_file pid
  for pid_file in "$dir"/run/*.pid; do
    [ -e "$pid_file" ] || continue
    pid=$(cat "$pid_file")
    # A number from an old file may belong to somebody else by now.
    if [ -n "$pid" ] && grep -qzs -- "$dir/ceph.conf" "/proc/$pid/cmdline"; then
      kill "$pid"
      for _ in $(seq 50); do [ -e "/proc/$pid" ] && sleep 0.1 || break; done
      if [ -e "/proc/$pid" ]; then kill -9 "$pid"; fi
    fi
    rm -f "$pid_file"
  done
}

start() {
  local dir=$1 access_key=$2 secret_key=$3 program name missing=() fsid osd
  for program in ceph-mon ceph-osd ceph-mgr ceph ceph-authtool monmaptool radosgw radosgw-admin curl; do
    command -v "$program" > /dev/null || missing+=("$program")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    echo "Ceph is not complete here (no ${missing[*]}). On Debian:" \
      "apt-get install -y --no-install-recommends ceph-mon ceph-osd ceph-mgr ceph-common radosgw curl" >&2
    exit 1
  fi
  if curl -s -o /dev/null http://127.0.0.1:7480; then
    echo "Something answers on 127.0.0.1:7480 already. Stop it first (ceph-rgw.sh stop DIR)." >&2
    exit 1
  fi
  if [ -n "$(ls -A "$dir" 2> /dev/null)" ] && [ ! -e "$dir/ceph.conf" ]; then
    echo "$dir is not empty and holds no Ceph of ours. Choose another folder." >&2
    exit 1
  fi
  rm -rf "$dir"
  mkdir -p "$dir"/{mon,osd0,mgr,run}
  fsid=$(cat /proc/sys/kernel/random/uuid)
  osd=$(cat /proc/sys/kernel/random/uuid)
  cat > "$dir/ceph.conf" << CONF
[global]
fsid = $fsid
mon host = [v2:127.0.0.1:3300,v1:127.0.0.1:6789]
mon initial members = a
keyring = $dir/keyring
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
memstore device bytes = 8589934592
mon data = $dir/mon
osd data = $dir/osd0
mgr data = $dir/mgr
mgr initial modules =
run dir = $dir/run
admin socket = $dir/run/\$name.asok
log file = $dir/\$name.log
pid file = $dir/run/\$name.pid
public addr = 127.0.0.1
cluster addr = 127.0.0.1
[client.rgw]
rgw data = $dir/run
# Without tcp_nodelay every small answer waits 40 ms for the client's delayed acknowledgement.
rgw frontends = beast endpoint=127.0.0.1:7480 tcp_nodelay=1
CONF
  ceph-authtool --create-keyring "$dir/keyring" --gen-key -n mon. --cap mon 'allow *' > /dev/null
  for name in client.admin osd.0 mgr.x client.rgw; do
    ceph-authtool "$dir/keyring" --gen-key -n "$name" --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *' > /dev/null
  done
  monmaptool --create --addv a '[v2:127.0.0.1:3300,v1:127.0.0.1:6789]' --fsid "$fsid" "$dir/monmap" > /dev/null
  local conf=(-c "$dir/ceph.conf")
  ceph-mon "${conf[@]}" --mkfs -i a --monmap "$dir/monmap" --keyring "$dir/keyring"
  ceph-mon "${conf[@]}" -i a
  ceph-mgr "${conf[@]}" -i x
  ceph "${conf[@]}" osd new "$osd" > /dev/null
  # The OSD must carry the id that the monitor was told, or its boot is ignored.
  ceph-osd "${conf[@]}" -i 0 --mkfs --osd-uuid "$osd" 2> /dev/null
  ceph-osd "${conf[@]}" -i 0 2> /dev/null
  ceph "${conf[@]}" osd crush add osd.0 1 root=default host=localhost 2> /dev/null
  radosgw "${conf[@]}" -n client.rgw
  for _ in $(seq 120); do
    if curl -sf http://127.0.0.1:7480 > /dev/null; then
      radosgw-admin "${conf[@]}" user create --uid=ops --display-name=ops \
        --access-key="$access_key" --secret-key="$secret_key" > /dev/null
      echo "S3 at http://127.0.0.1:7480"
      return
    fi
    sleep 0.5
  done
  echo "Ceph did not answer within a minute. Its logs are $dir/*.log" >&2
  stop "$dir"
  exit 1
}

case "${1:-}" in
  start) [ $# -eq 4 ] || usage; start "$(realpath -m "$2")" "$3" "$4" ;;
  stop) [ $# -eq 2 ] || usage; stop "$(realpath -m "$2")" ;;
  *) usage ;;
esac
