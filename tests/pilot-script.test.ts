import { expect, test } from "vitest";
import { runProcess } from "./support/process";
import { openStudio } from "./support/world/studio";

test("--pilot asks about a few images and quotes by their answers; the next run pays for none of them again", async () => {
  const { ports, gemini, env, index } = await openStudio();
  await index();
  async function relabel(...options: string[]) {
    const { code, stdout } = await runProcess(["scripts/relabel-personas.ts", ...options, "--json"], env).ended;
    return { code, said: JSON.parse(stdout) };
  }
  const pilot = await relabel("--budget", "1", "--pilot", "--apply");
  expect(pilot).toMatchObject({
    code: 0,
    said: {
      runs: [
        { kind: "label-run", status: "planned", planned: 6, calls: 6, quote: { basis: "version", samples: 6 } },
        { kind: "pilot-label-run", status: "succeeded", planned: 6, succeeded: 6 },
      ],
    },
  });
  const { p50Usd, p90Usd } = pilot.said.runs[0].quote;
  expect(p90Usd).toBeGreaterThanOrEqual(p50Usd);
  expect(gemini.calls().total).toBe(6);
  expect(await ports.db.proposal.count()).toBe(0);

  const whole = await relabel("--budget", "1", "--apply");
  expect(whole).toMatchObject({ code: 0, said: { status: "succeeded", succeeded: 6, calls: 0, proposals: 36 } });
  expect(gemini.calls().total).toBe(6);
});
