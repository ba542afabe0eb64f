import { expect, test } from "vitest";
import { lookupOf, maxBytes, never, serve, watchLoopback } from "../../../tests/support/outside-world";
import { createOutside } from "./outside.server";

test.each([
  // Loopback
  "http://127.0.0.1:PORT/",
  "http://127.1:PORT/",
  "http://127.0.1:PORT/",
  "http://2130706433:PORT/",
  "http://0x7f000001:PORT/",
  "http://0x7f.1:PORT/",
  "http://0x7F.0x0.0x0.0x1:PORT/",
  "http://017700000001:PORT/",
  "http://0177.0.0.1:PORT/",
  "http://127.0.0.1.:PORT/",
  "http://127.0.0.1:PORT\\@images.example.com/",
  "http://127.0.0.1:PORT#@images.example.com/",
  "http:127.0.0.1:PORT",
  "http:/\\127.0.0.1:PORT",
  " http://127.0.\n0.1:PORT/",
  "http://１２７.0.0.1:PORT/",
  "http://①②⑦。⓪。⓪。①:PORT/",
  "http://%31%32%37.0.0.1:PORT/",
  "http://127.255.255.254:PORT/",
  "http://0.0.0.0:PORT/",
  "http://0:PORT/",
  "http://[::1]:PORT/",
  "http://[0:0:0:0:0:0:0:1]:PORT/",
  "http://[::]:PORT/",
  "http://[::127.0.0.1]:PORT/",
  "http://[::ffff:127.0.0.1]:PORT/",
  "http://[::ffff:7f00:1]:PORT/",
  "http://[0:0:0:0:0:ffff:7f00:0001]:PORT/",
  "http://[::ffff:0:127.0.0.1]:PORT/",
  "http://[64:ff9b::127.0.0.1]:PORT/",
  "http://[2002:7f00:1::]:PORT/",
  "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:PORT/",
  "https://127.0.0.1:PORT/",
  "http://localhost:PORT/",
  "http://LOCALHOST:PORT/",
  "http://localhost.:PORT/",
  "http://ⓛocalhost:PORT/",
  "http://images.localhost:PORT/",
  "http://images.localhost.:PORT/",
  // Metadata of clouds
  "http://169.254.169.254/latest/meta-data/",
  "http://2852039166/",
  "http://0xa9fea9fe/",
  "http://0251.0376.0251.0376/",
  "http://169.254.43518/",
  "http://[::ffff:169.254.169.254]/",
  "http://[::ffff:a9fe:a9fe]/",
  "http://[64:ff9b::a9fe:a9fe]/",
  "http://[2002:a9fe:a9fe::1]/",
  "http://[fd00:ec2::254]/",
  "http://168.63.129.16/",
  "http://100.100.100.200/",
  "http://metadata.google.internal/computeMetadata/v1/",
  "http://metadata.google.internal./",
  "http://metadata/",
  // The network's own
  "http://10.0.0.7/",
  "http://172.16.0.1/",
  "http://192.168.0.1/",
  "http://100.64.0.1/",
  "http://198.18.0.1/",
  "http://192.0.2.1/",
  "http://224.0.0.1/",
  "http://240.0.0.1/",
  "http://255.255.255.255/",
  "http://[fc00::1]/",
  "http://[fe80::1]/",
  "http://[fec0::1]/",
  "http://[ff02::1]/",
  "http://[2001:db8::1]/",
  "http://printer.local/",
  "http://nas.home.arpa/",
  "http://intranet/",
])("%j is refused before its name is looked up, and nothing is connected to", async (address) => {
  const { port, connections } = await watchLoopback();
  const lookup = lookupOf(["127.0.0.1"]);
  const outside = createOutside({ OUTSIDE_TEST_HOSTS: [] }, { lookup });
  const answer = await outside.read(address.replace("PORT", String(port)), { maxBytes, signal: never });
  expect(answer).toEqual({
    ok: false,
    errorClass: "forbidden-address",
    error: expect.stringMatching(/^“.+” is not on the public internet, and images are read from nowhere else\. Upload/),
    retryable: false,
  });
  expect(lookup.names).toEqual([]);
  expect(await connections()).toBe(0);
});

test.each([
  ["", "This is no web address: one begins with https:// or http:// and names a host."],
  ["images.example.com/a.png", "This is no web address"],
  ["http://", "This is no web address"],
  ["http://127.0.0.1:PORT0000/", "This is no web address"],
  ["http://1.2.3.4.5/", "This is no web address"],
  ["http://256.0.0.1/", "This is no web address"],
  ["http://[fe80::1%25eth0]/", "This is no web address"],
  ["localhost:PORT/", "begins with https:// or http://, and this one with “localhost:”."],
  ["file:///etc/passwd", "and this one with “file:”."],
  ["file://127.0.0.1/etc/passwd", "and this one with “file:”."],
  ["ftp://127.0.0.1:PORT/a.png", "and this one with “ftp:”."],
  ["gopher://127.0.0.1:PORT/_GET", "and this one with “gopher:”."],
  ["ws://127.0.0.1:PORT/", "and this one with “ws:”."],
  ["data:image/png;base64,iVBORw0KGgo=", "and this one with “data:”."],
  ["blob:https://images.example.com/1", "and this one with “blob:”."],
  ["javascript:alert(1)", "and this one with “javascript:”."],
  ["http://images.example.com@127.0.0.1:PORT/", "holds a user name or password, which is never sent."],
  ["http://mina:keep-this@images.example.com/", "“images.example.com” holds a user name or password"],
  ["http://:keep-this@images.example.com/", "holds a user name or password"],
  ["http://images.example.com:22/", "“images.example.com:22” names port 22, which is no web server's."],
  ["https://images.example.com:25/a.png?keep-this", "“images.example.com:25/a.png” names port 25"],
  ["https://1.1.1.1:0/", "names port 0"],
])("%j is no address to read from, and nothing is connected to", async (address, problem) => {
  const { port, connections } = await watchLoopback();
  const lookup = lookupOf(["127.0.0.1"]);
  const outside = createOutside({ OUTSIDE_TEST_HOSTS: [] }, { lookup });
  const answer = await outside.read(address.replace("PORT", String(port)), { maxBytes, signal: never });
  const error = expect.stringContaining(problem);
  expect(answer).toEqual({ ok: false, errorClass: "bad-address", error, retryable: false });
  expect(JSON.stringify(answer)).not.toContain("keep-this");
  expect(lookup.names).toEqual([]);
  expect(await connections()).toBe(0);
});

test.each([
  ["loopback", ["127.0.0.1"]],
  ["loopback in IPv6", ["::1"]],
  ["loopback, mapped", ["::ffff:127.0.0.1"]],
  ["unspecified", ["0.0.0.0"]],
  ["public first, then loopback", ["93.184.216.34", "127.0.0.1"]],
  ["loopback first, then public", ["127.0.0.1", "2606:4700:4700::1111"]],
  ["the metadata of a cloud", ["169.254.169.254"]],
  ["no address at all", ["images.example.com"]],
])("a name whose addresses are not public is refused: %s", async (_what, addresses) => {
  const { port, connections } = await watchLoopback();
  const lookup = lookupOf(addresses);
  const outside = createOutside({ OUTSIDE_TEST_HOSTS: [] }, { lookup });
  for (const scheme of ["http", "https"]) {
    const address = `${scheme}://images.example.com:${port}/a.png?signature=keep-this`;
    expect(await outside.read(address, { maxBytes, signal: never })).toEqual({
      ok: false,
      errorClass: "forbidden-address",
      error: `“images.example.com:${port}/a.png” is not on the public internet, and images are read from nowhere else. Upload the image instead.`,
      retryable: false,
    });
  }
  expect(lookup.names).toEqual(["images.example.com", "images.example.com"]);
  expect(await connections()).toBe(0);
});

test("a name that means something else a moment later gains nothing: it is asked for once, and that is connected to", async () => {
  const { port, connections } = await watchLoopback();
  // Of no one: the public part of IPv6 that IANA has handed out ends far before.
  const lookup = lookupOf(["3ffd::1"], ["127.0.0.1"]);
  const outside = createOutside({ OUTSIDE_TEST_HOSTS: [] }, { lookup, limits: { headersMs: 500 } });
  const read = () => outside.read(`http://images.example.com:${port}/`, { maxBytes, signal: never });
  expect(await read()).toMatchObject({ ok: false, errorClass: "unavailable", retryable: true });
  expect(lookup.names).toEqual(["images.example.com"]);
  expect(await read()).toMatchObject({ ok: false, errorClass: "forbidden-address" });
  expect(await connections()).toBe(0);
});

test.each([
  "http://127.0.0.1:PORT/",
  "//127.0.0.1:PORT/",
  "http://localhost:PORT/",
  "http://[::1]:PORT/",
  "http://images.example.com:PORT/",
])("a redirect to %s is refused: that the first host is a test host says nothing of the next", async (location) => {
  const { port, connections } = await watchLoopback();
  const { host, read } = await serve(
    (_, response) =>
      void response.writeHead(302, { Location: `${location}?keep-this`.replace("PORT", String(port)) }).end(),
    { lookup: lookupOf(["127.0.0.1"]) },
  );
  const answer = await read();
  expect(answer).toMatchObject({ ok: false, errorClass: "forbidden-address", retryable: false });
  expect(!answer.ok && answer.error).toMatch(
    new RegExp(`^“${host}/images/a\\.png” redirects\\. “.+:${port}” is not on the public internet`),
  );
  expect(JSON.stringify(answer)).not.toContain("keep-this");
  expect(await connections()).toBe(0);
});
