import { expect, test } from "vitest";
import { checkAddress, checkRedirect } from "./check-address";

const none: ReadonlySet<string> = new Set();
const check = (address: string, testHosts = none) => checkAddress(address, { testHosts });
const follow = (from: string, location: string) => checkRedirect(new URL(from), location, { testHosts: none }).url.href;

test.each([
  ["https://images.example.com/a.png", "https://images.example.com/a.png"],
  ["http://images.example.com./a.png?signature=1", "http://images.example.com./a.png?signature=1"],
  [" HTTPS://Images.Example.com:443/a b.png ", "https://images.example.com/a%20b.png"],
  ["https://images.example.com:8443/", "https://images.example.com:8443/"],
  ["http://images.example.com:443/", "http://images.example.com:443/"],
  ["http://1.1.1.1/", "http://1.1.1.1/"],
  ["http://0x01010101/", "http://1.1.1.1/"],
  ["https://[2606:4700:4700::1111]/", "https://[2606:4700:4700::1111]/"],
  ["https://localhost.example.com/", "https://localhost.example.com/"],
  ["https://mylocal.example/", "https://mylocal.example/"],
])("%j may be read", (address, href) => {
  expect(check(address)).toMatchObject({ url: { href }, isTestHost: false });
});

test.each(["http://127.0.0.1:9003/", "http://127.1:9003/a.png", "http://2130706433:9003/", "https://127.0.0.1:9003/"])(
  "%s is a listed test host, however it is spelled",
  (address) => {
    expect(check(address, new Set(["127.0.0.1:9003"]))).toMatchObject({ isTestHost: true });
  },
);

test.each([
  "http://127.0.0.1:9004/",
  "http://127.0.0.1/",
  "http://127.0.0.2:9003/",
  "http://localhost:9003/",
  "http://127.0.0.1.:9004/",
  "http://[::1]:9003/",
  "http://[::ffff:127.0.0.1]:9003/",
])("%s is not the listed test host", (address) => {
  expect(() => check(address, new Set(["127.0.0.1:9003"]))).toThrow("is not on the public internet");
});

test("a test host at a scheme's own port is listed with it", () => {
  expect(check("http://127.0.0.1/", new Set(["127.0.0.1:80"]))).toMatchObject({ isTestHost: true });
  expect(() => check("https://127.0.0.1/", new Set(["127.0.0.1:80"]))).toThrow("is not on the public internet");
});

test.each([
  ["https://a.example.com/x/y.png?z=1", "../w.png", "https://a.example.com/w.png"],
  ["https://a.example.com/x", "//b.example.com/y", "https://b.example.com/y"],
  ["http://a.example.com/x", "https://a.example.com/x", "https://a.example.com/x"],
  [
    "http://a.example.com/x",
    Buffer.from("/미나.png").toString("latin1"),
    `http://a.example.com/${encodeURIComponent("미나")}.png`,
  ],
])("from %s, %s leads to %s", (from, location, to) => {
  expect(follow(from, location)).toBe(to);
});

test.each([
  ["https://a.example.com/x", "http://a.example.com/x", "“a.example.com/x” is http, where an image can be exchanged"],
  ["https://a.example.com/x", "//127.0.0.1/y", "“127.0.0.1/y” is not on the public internet"],
  ["https://a.example.com/x", "file:///etc/passwd", "and this one with “file:”"],
  ["https://a.example.com/x", "https://mina:keep-this@b.example.com/", "“b.example.com” holds a user name or password"],
  ["https://a.example.com/x", "https://[:::]/", "This is no web address"],
])("from %s, %s leads nowhere", (from, location, problem) => {
  expect(() => follow(from, location)).toThrow(problem);
  expect(() => follow(from, location)).not.toThrow("keep-this");
});
