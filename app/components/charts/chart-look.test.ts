import { expect, test } from "vitest";
import { figure } from "~/features/monitoring/figure";
import { ticksFor } from "./chart-look";

const written = (values: number[], unit: Parameters<typeof figure>[1]) =>
  ticksFor(values, (value) => figure(value, unit)).map((tick) => figure(tick, unit).replace(/[\u202f\u00a0]/g, " "));

test.each<[string, number[], Parameters<typeof figure>[1], string[]]>([
  ["nothing measured", [], "count", ["0", "1"]],
  ["zeros", [0, 0], "count", ["0", "1"]],
  ["one", [1], "count", ["0", "1"]],
  ["a clock some hundredths of a second off", [0.02, 0.12], "seconds", ["0 s", "0.1 s", "0.2 s"]],
  ["a clock a millisecond off", [0.001], "seconds", ["0 s", "0.1 s"]],
  ["seconds", [4.2], "seconds", ["0 s", "2 s", "4 s", "6 s"]],
  ["percent", [98.6], "percent", ["0 %", "50 %", "100 %"]],
  ["many", [812_004], "count", ["0", "500 000", "1 000 000"]],
])("the axis of %s", (_, values, unit, ticks) => {
  expect(written(values, unit)).toEqual(ticks);
});
