import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { plainPng } from "../../../../../tests/support/odd-pictures";
import { isRunning } from "../../../../../tests/support/process";
import { type Decoder, startDecoder } from "./decoder.server";
import { startChild } from "./start-child.server";

const small = plainPng(30, 20);
/** Some 0.7 s to decode. */
const large = plainPng(10_000, 10_000);
const form = { kind: "thumbnail", edge: 64 } as const;
const asked = { withMemory: <T>(_: number, work: () => Promise<T>) => work() };

function start(limits?: Parameters<typeof startDecoder>[0]): Decoder {
  const decoder = startDecoder(limits);
  onTestFinished(decoder.kill);
  return decoder;
}

const waitUntilGone = (pid: number) => expect.poll(() => isRunning(pid)).toBe(false);

describe("a decoder", () => {
  test("takes one picture after the other", async () => {
    const decoder = start();
    for (const width of [30, 40, 50]) {
      expect(await decoder.render(plainPng(width, 20), form, asked)).toMatchObject({ ok: true, width, height: 20 });
    }
    expect(await decoder.render(Buffer.from("no picture"), form, asked)).toMatchObject({ errorClass: "not-an-image" });
    expect(await decoder.render(small, form, asked)).toMatchObject({ ok: true });
    expect(decoder.isAlive()).toBe(true);
  });

  test("asks for the memory that decoding takes, and waits for it", async () => {
    const held: number[] = [];
    const withMemory = async <T>(bytes: number, work: () => Promise<T>) => {
      held.push(bytes);
      return work();
    };
    expect(await start().render(large, form, { withMemory })).toMatchObject({ ok: true });
    expect(held).toEqual([200_000_000]);
  });

  test("is killed when a picture takes too long", async () => {
    const decoder = start({ seconds: 0.1 });
    expect(await decoder.render(large, form, asked)).toEqual({ gaveUp: "time" });
    // At once, and not only when its exit is told: the next picture would be lost with it.
    expect(decoder.isAlive()).toBe(false);
    await waitUntilGone(decoder.pid);
  });

  test("is killed when it holds too much", async () => {
    const decoder = start({ besideBytes: -200_000_000 });
    expect(await decoder.render(large, form, asked)).toEqual({ gaveUp: "memory" });
    await waitUntilGone(decoder.pid);
  });

  test("is killed when the work is called off, which rejects with the reason", async () => {
    const decoder = start();
    const calledOff = new AbortController();
    const withMemory = <T>(_: number, work: () => Promise<T>) => {
      const decoded = work();
      calledOff.abort(new Error("The run was canceled."));
      return decoded;
    };
    const picture = decoder.render(large, form, { signal: calledOff.signal, withMemory });
    await expect(picture).rejects.toThrow("The run was canceled.");
    await waitUntilGone(decoder.pid);
  });

  test("tells when it ended by itself", async () => {
    const decoder = start();
    const withMemory = <T>(_: number, work: () => Promise<T>) => {
      const decoded = work();
      process.kill(decoder.pid, "SIGKILL");
      return decoded;
    };
    expect(await decoder.render(large, form, { withMemory })).toEqual({ gaveUp: "child" });
  });

  test("goes on when a service's stop reaches it, too", async () => {
    const decoder = start();
    expect(await decoder.render(small, form, asked)).toMatchObject({ ok: true });
    process.kill(decoder.pid, "SIGTERM");
    process.kill(decoder.pid, "SIGINT");
    expect(await decoder.render(small, form, asked)).toMatchObject({ ok: true });
  });

  test.runIf(process.platform === "linux")("is given no secret", async () => {
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret-of-this-test");
    onTestFinished(() => void vi.unstubAllEnvs());
    const decoder = start();
    await decoder.render(small, form, asked);
    const given = readFileSync(`/proc/${decoder.pid}/environ`, "utf8");
    expect(given).toContain("PATH=");
    expect(given).not.toContain("secret-of-this-test");
  });
});

test("a child that does not get as far as to wait for pictures is killed", async () => {
  const child = startChild({ startMs: 1 });
  expect(await child.hasStarted).toBe(false);
  await waitUntilGone(child.process.pid ?? 0);
});

test("decoders end with the process that started them, however that ends, and keep none alive", async () => {
  const decode = `
    import { startDecoder } from "./app/features/images/pixels/apart/decoder.server";
    const decoder = startDecoder();
    const bytes = Buffer.from("${small.toString("base64")}", "base64");
    await decoder.render(bytes, { kind: "thumbnail", edge: 64 }, { withMemory: (_, work) => work() });
    console.log(decoder.pid);`;
  const run = (code: string): ChildProcess =>
    spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", code], {
      stdio: ["ignore", "pipe", "inherit"],
    });
  const pidFrom = async (child: ChildProcess) => {
    const [line] = child.stdout ? ((await once(child.stdout, "data")) as [Buffer]) : [""];
    return Number(line);
  };

  const ends = run(decode);
  const ended = once(ends, "exit");
  const first = await pidFrom(ends);
  expect(await ended).toEqual([0, null]);
  await waitUntilGone(first);

  const waits = run(`${decode}\nsetInterval(() => {}, 1_000);`);
  const second = await pidFrom(waits);
  expect(isRunning(second)).toBe(true);
  waits.kill("SIGKILL");
  await waitUntilGone(second);
});

test.runIf(process.platform === "linux")("that none can be started ends nothing else", async () => {
  const code = `
    import { openSync } from "node:fs";
    import { startDecoder } from "./app/features/images/pixels/apart/decoder.server";
    try {
      for (;;) openSync("/dev/null", "r");
    } catch {}
    try {
      startDecoder();
    } catch (error) {
      setTimeout(() => console.log(error.message), 50);
    }`;
  const shell = spawn(
    "sh",
    ["-c", 'ulimit -n 120; exec "$0" --import tsx --input-type=module --eval "$1"', process.execPath, code],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = once(shell, "exit");
  const [said] = (await once(shell.stdout, "data")) as [Buffer];
  expect(String(said)).toMatch(/without a stdin/);
  expect(await ended).toEqual([0, null]);
});
