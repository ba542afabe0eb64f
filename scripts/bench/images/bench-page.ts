import { existsSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { signIn } from "../../dev/browser/check-pages";
import { openBrowser } from "../../dev/browser/http-browser";
import { type LocalConsole, startLocalConsole } from "../../dev/console/local-console";
import { findFreePorts } from "../../dev/console/ports";
import { percentile } from "./percentile";

const LOADS = 20;
const pages = ["/images", "/images?view=table", "/images?kind=upload&thumbnail=made", "/images?text=portrait"];

/** The page as a browser asks for it, from the built web process: its bytes as they travel, without pictures, and its ms. */
export function benchPage(folder: string) {
  return withConsole(folder, async (console_, cookie) => {
    const result: Record<string, unknown> = {};
    for (const page of pages) {
      const loads = [];
      for (let n = 0; n < LOADS; n++) loads.push(await load(console_.url + page, cookie));
      const data = await load(`${console_.url}${page.replace("/images", "/images.data")}`, cookie);
      result[page] = {
        htmlKb: loads[0]?.kb,
        dataKb: data.kb,
        median: percentile(
          loads.map(({ ms }) => ms),
          0.5,
        ),
        p95: percentile(
          loads.map(({ ms }) => ms),
          0.95,
        ),
      };
    }
    // A list that is asked for while facets are counted waits for them as long as one statement takes.
    const besideFacets: number[] = [];
    for (let n = 0; n < LOADS; n++) {
      const facets = load(`${console_.url}/image-facets?format=png`, cookie);
      besideFacets.push((await load(`${console_.url}/images.data?kind=upload`, cookie)).ms);
      await facets;
    }
    return { ...result, listBesideFacetsP95: percentile(besideFacets, 0.95) };
  });
}

/** All images as CSV from the built web process: what its memory grows by meanwhile, and the time. */
export function benchWebExport(folder: string) {
  return withConsole(folder, async (console_, cookie) => {
    await load(`${console_.url}/image-exports/images.csv?prefix=uploads/u-001/`, cookie);
    const memory = () => rssMb(console_.web.pid());
    const before = memory();
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, memory());
    }, 100);
    const { ms, kb } = await load(`${console_.url}/image-exports/images.csv`, cookie);
    clearInterval(watch);
    return {
      seconds: Math.round(ms / 100) / 10,
      mb: Math.round(kb / 1_000),
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

/** Reads an answer to its end and keeps nothing of it; `kb` as it travelled, compressed as for a browser. */
function load(url: string, cookie: string): Promise<{ kb: number; ms: number }> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { Cookie: cookie, "Accept-Encoding": "gzip, br" } }, (answer) => {
      let bytes = 0;
      answer.on("data", (part: Buffer) => {
        bytes += part.length;
      });
      answer.on("end", () => {
        if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`));
        resolve({ kb: Math.round(bytes / 100) / 10, ms: Math.round(performance.now() - startedAt) });
      });
    });
    asked.on("error", reject);
    asked.end();
  });
}

function rssMb(pid: number | undefined): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) throw new Error("Memory of other processes is read from /proc, which only Linux has");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, "utf8"))?.[1]) / 1_024);
}
