import { request } from "node:http";
import { residentBytes } from "~/features/images/pixels/apart/resident-bytes.server";
import { signIn } from "../../dev/browser/check-pages";
import { openBrowser } from "../../dev/browser/http-browser";
import { type LocalConsole, startLocalConsole } from "../../dev/console/local-console";
import { findFreePorts } from "../../dev/console/ports";
import { percentile } from "./percentile";
import { type Line, table } from "./report";

const LOADS = 20;
const pages = ["/images", "/images?view=table", "/images?kind=upload&thumbnail=made", "/images?text=portrait"];

/** The page as a browser asks for it, from the built web process: its bytes as they travel, without pictures, and its ms. */
export function benchPage(folder: string): Promise<Line[]> {
  return withConsole(folder, async (console_, cookie) => {
    const rows: [string, number, number, number, number][] = [];
    for (const page of pages) {
      const loads = [];
      for (let n = -1; n < LOADS; n++) loads.push(await load(console_.url + page, cookie));
      const times = loads.slice(1).map(({ ms }) => ms);
      const data = await load(console_.url + page.replace("/images", "/images.data"), cookie);
      rows.push([page, loads[0]?.kb ?? 0, data.kb, percentile(times, 0.5), percentile(times, 0.95)]);
    }
    table(["page", "HTML kB", "data kB", "ms", "p95 ms"], rows);
    // A list that is asked for while facets are counted waits for them as long as one statement takes.
    const alone: number[] = [];
    const beside: number[] = [];
    const list = async () => (await load(`${console_.url}/images.data?kind=upload`, cookie)).ms;
    for (let n = 0; n < LOADS; n++) {
      alone.push(await list());
      const facets = load(`${console_.url}/image-facets?format=png`, cookie);
      beside.push(await list());
      await facets;
    }
    const most = Math.max(...rows.map(([, html, data]) => Math.max(html, data)));
    const [aloneP95, besideP95] = [percentile(alone, 0.95), percentile(beside, 0.95)];
    return [
      { what: "a page below 120 kB without pictures", isMet: most < 120, measured: `${most} kB at most` },
      {
        what: "facets hold up a list by less than 150 ms, p95",
        isMet: besideP95 - aloneP95 < 150,
        measured: `${besideP95} ms; alone ${aloneP95} ms`,
      },
    ];
  });
}

/** All images as CSV from the built web process: what its memory grows by meanwhile, and the time. */
export function benchWebExport(folder: string) {
  return withConsole(folder, async (console_, cookie) => {
    await load(`${console_.url}/image-exports/images.csv?prefix=uploads/u-001/`, cookie);
    const memory = async () => {
      const held = await residentBytes(console_.web.pid() ?? 0);
      if (held === 0) throw new Error("The web process is gone.");
      return Math.round(held / 1024 ** 2);
    };
    const before = await memory();
    let most = before;
    const watch = setInterval(async () => {
      most = Math.max(most, await memory());
    }, 100);
    const { ms, kb, lines } = await load(`${console_.url}/image-exports/images.csv`, cookie, "identity");
    clearInterval(watch);
    return {
      seconds: Math.round(ms / 100) / 10,
      mb: Math.round(kb / 1_000),
      rows: lines - 1,
      rssMb: { before, most, growth: most - before },
    };
  });
}

async function withConsole<Result>(folder: string, work: (console_: LocalConsole, cookie: string) => Promise<Result>) {
  const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
  const console_ = await startLocalConsole({ ports: { web, s3, gemini, google }, folder, say: () => {} });
  try {
    const browser = openBrowser();
    await signIn(browser, console_.url, "mina@diffs.studio");
    return await work(console_, [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; "));
  } finally {
    await console_.stop();
  }
}

/** Reads an answer to its end and keeps nothing of it; `kb` as it travelled, compressed as for a browser unless told. */
function load(url: string, cookie: string, encoding = "gzip, br"): Promise<{ kb: number; ms: number; lines: number }> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { Cookie: cookie, "Accept-Encoding": encoding } }, (answer) => {
      let bytes = 0;
      let lines = 0;
      answer.on("data", (part: Buffer) => {
        bytes += part.length;
        if (encoding === "identity") lines += countLines(part);
      });
      answer.on("end", () => {
        if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`));
        resolve({ kb: Math.round(bytes / 100) / 10, ms: Math.round(performance.now() - startedAt), lines });
      });
    });
    asked.on("error", reject);
    asked.end();
  });
}

export function countLines(part: Buffer): number {
  let lines = 0;
  for (let at = part.indexOf(10); at !== -1; at = part.indexOf(10, at + 1)) lines += 1;
  return lines;
}
